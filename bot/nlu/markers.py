"""Everyday words that give a language away in Latin letters, where character statistics cannot.

They tell Indonesian from Malay, and know Vietnamese without its marks and the usual romanisations of the others. All
are folded: lower case, no marks. A word that means as much in a neighbouring language is left out, or stands in both.
"""

from __future__ import annotations

from typing import Final

from bot.domain.codes import Language

_WORDS: Final[dict[Language, str]] = {
    "en": """the i my me is are was were they them not to and do don't have has can cannot can't you your help please
        want work job boss money hello hi thanks thank who what when where how this that he she we us in of for no
        yes it's i'm am be let out here now stop delete talk person someone passport pay afraid""",
    "vi": """toi khong duoc nguoi cua giup muon tien luong chieu chao nhot danh giu viec lam nha cong bao gio cuu dang
        biet noi dien thoai ban minh em anh chi ho bi cho va voi ve day lai dung hay cam xin sao gi ai co chu so qua
        roi nua tu di ra an ngu tra moi het sap canh""",
    "id": """nggak gak ga enggak tidak bisa karena uang kantor mobil gue gua gw lu lo banget udah aja dong sih kalo
        paspor paspornya polisi perusahaan agen ponsel hp butuh mau disini teman kerjaan pekerjaan ditahan dipukul
        utang izin cuma kapan bagaimana lembur keluar saya aku kami mereka dan yang di ke dengan ini itu tolong
        majikan gaji pulang dikunci rumah takut sudah belum kerja siapa apa berhenti hapus terima kasih halo dari
        untuk pada orang anak sekarang hari setiap jangan kamu anda dibayar pakai sama gedung kamar bilang bilangnya
        nipu kabur libur jaring dokter narkoba perbatasan pacaran nikah jualan bingung kangen motor cicilan galak
        nonton istri ngobrol makasih gimana gratis imigrasi pesan penjaga sinyal telepon kerjanya gajinya mukulin
        pijat semuanya kalian hutang nolak ngemis disetrum katanya sampai habis kena lari pintu terus cari bulan
        tahun jadi ada satu dua khawatir capek sehat jendela lantai perawat delapan rupiah juta seperti hanya sangat
        ketika saat sedang kemarin besok sore siang jam menit senin kamis jumat pabrik kebun sopir obat bapak adek mas
        mbak tante sepeda bandara kota desa nomor kode akun layar tombol lanjut mulai begini begitu kayak dikit jelek
        ganteng enak dingin barusan cuci nyuci setrika seterusnya tuh nih deh kok ya lagi bantuan kirim ngirim dikirim
        kembali mencari membayar sembunyi sebentar tempat teman2 yg gmn knp klo tp udh blm sm org skrg dgn krn utk bgt
        lapor pengacara kedutaan hutang rekening sertifikat ijazah izin kontrak bersih pembantu kuli bos gede pacar
        cowok cewek nyokap bokap ortu kakek nenek keponakan adik kakak suami diancam ancam nelpon telpon pinjam
        pinjaman kamu kami kalian mengapa sekali sampe sampai malem cepet bener inget pengen pingin males seneng""",
    "ms": """tak nak mahu boleh kerana wang duit pejabat kereta polis pasport ejen syarikat telefon kawan awak sahaja
        saje je macam mana kenapa cakap beritahu hendak tiada kat dekat encik puan bila bercakap rehat cuti penat
        lapar takde diorang depa kitorang dah ringgit saya aku kami mereka dan yang di ke dengan ini itu tolong
        majikan gaji pulang dikunci rumah takut sudah belum kerja siapa apa berhenti padam terima kasih hai helo
        dari untuk pada orang anak sekarang hari setiap jangan kamu anda pekerjaan tidak dibayar pukul sebab tauke
        bilik kedai bot ugut dadah sempadan isteri kahwin budak doktor sedarkan ansuran motosikal filem pasal petang
        mak pertubuhan percuma mesej sesiapa sudi senyap padamkan berbual perbualan kaunselor lawak imigresen masa
        tu ni pun bangunan dibenarkan pengawal talian hantar dihantar faham direnjat tolak permit baki asyik lebihan
        pak cik rupanya gambar dirampas pegang kepada hutang katanya sampai habis kena lari pintu terus cari bulan
        tahun jadi ada satu dua bagi susah dapat risau sihat tingkap tingkat jururawat lapan ringgit sen seperti hanya
        sangat ketika semalam kelmarin esok tengah hari pukul minit isnin khamis jumaat ahad kilang ladang pemandu ubat
        bapa ayah adik kakak abang basikal kapal bandar kampung nombor kod akaun skrin butang teruskan mula sikit
        sedap sejuk basuh gosok balik dibalik tandas lori bas teksi feri jeti hospital klinik wad bomba ambulans peguam
        mahkamah kedutaan borang rekod ialah bahawa supaya sehingga daripada kanak dulu tadi nanti ye ke kan lah mcm
        sbb xde xnak xboleh x dgn yg utk org dh sy kwn tlg bg jgn skrg camne nape npe ape sape mane ckp tgk pegi gi
        negara isteri suami kerja2 sakit2 garang marah lebam pinjam pinjaman ceti along levi penyelia kontraktor suruh
        disuruh tengok nampak ambil simpan dijanjikan dikurung kurung hari jadi cikgu hantaran nikah sekali perempuan
        lelaki remaja jiran balai laporan aduan bayaran potong dipotong tolonglah gila bodoh memang langsung pening
        muntah demam luka jahit berat ringan kami kalian korang hampa ko aku kau engkau dorang kitaorang nanti cepat""",
    "tl": """ako ko mo ang ng mga hindi po opo sila nila ni si sa na ay kami namin natin wala walang may mayroon meron
        gusto kailangan tulong tulungan paano bakit ano dito amo sahod pera utang bahay nasa niya siya ayaw salamat
        kumusta kamusta magandang oo lang naman kasi pasaporte trabaho din ba pwede kinuha yung ka ikaw huwag tigil
        burahin kayo nyo ninyo sino anong araw gabi nang para at pa nakakulong umuwi umalis akin amin""",
    "th": """phom pom chan khrap krub krap khap kha sawasdee sawatdee chuay chuai duay yak klap ngan ngoen tamruat arai
        tongkan mai dai ban nai khon tham yu thi ni mee pen rao khao kin glua klua jang ngern passport""",
    "my": """kyanaw kyanor kyama kyun kya ma naw nay tal tae te par lar la mingalarbar mingalaba kyay zu tin ayan pyan
        chin alote aloke ngwe akuanyi kuanyi mhar pay bar hote ka ko tway thu kyauk shi bu buu phyit""",
    "km": """khnhom knhom khnyom som chuoy chuy jong chong tov vinh ptah phteah thveu kar luy loy arkun akun suosdey
        susadei ot mean bong te neang min ban kom khlach nih nov""",
    "lo": """khoy koy khoi sabaidee sabaidi bor bo dai khop kop chai kopchai khopchai yak kap ban het viak wiak ngern
        ngoen suay sue yu nii jao khao""",
    "zh": """wo ni ta women tamen hao bu xiang hui jia qian gongzi laoban huzhao bang bangzhu qing jiuming yao shi zai
        zheli meiyou xiexie bei ren de le ma bie wode nihao gongzuo jingcha""",
}

MARKERS: Final[dict[Language, frozenset[str]]] = {
    language: frozenset(words.split()) for language, words in _WORDS.items()
}
