"""Writes out what people shorten as they type: "ko dc" is "không được".

Only what means one thing in its language stands here, and only where the encoder reads better for it: Indonesian, Malay
and Filipino shorthand it knows as it is (lists for them brought nothing). Drafts until native reviewers have read them.
"""

from __future__ import annotations

import re
from typing import Final

from bot.domain.codes import Language
from bot.nlu.alignment import Aligned

_LISTS: Final[dict[Language, str]] = {
    "vi": """k=không ko=không kg=không khg=không hok=không hem=không hk=không dc=được đc=được dk=được dcj=được gì
        vs=với mk=mình mik=mình r=rồi ng=người ngta=người ta nta=người ta lm=làm bt=biết bik=biết bit=biết cx=cũng
        cug=cũng cg=cũng trc=trước nc=nước j=gì ntn=như thế nào ms=mới nv=nhân viên sdt=số điện thoại dt=điện thoại
        đt=điện thoại hc=hộ chiếu cty=công ty fai=phải phai=phải fải=phải wa=quá wá=quá thui=thôi mun=muốn mún=muốn
        vk=vợ ck=chồng e=em a=anh c=chị b=bạn đg=đang dg=đang dag=đang thik=thích z=vậy ns=nói nt=nhắn tin lun=luôn
        gd=gia đình gđ=gia đình nx=nữa trog=trong nhug=nhưng nhiu=nhiều bn=bạn h=giờ t=tôi dky=đăng ký cs=cảnh sát
        bs=bác sĩ sg=sài gòn tts=thực tập sinh cccd=căn cước cmnd=chứng minh nhân dân dv=dịch vụ trg=trong
        bh=bây giờ ae=anh em mn=mọi người ak=à uk=ừ hnay=hôm nay hqua=hôm qua tgian=thời gian bv=bảo vệ
        bvien=bệnh viện qly=quản lý ktx=ký túc xá xkld=xuất khẩu lao động vn=việt nam tq=trung quốc đl=đài loan
        nhm=nhưng mà nma=nhưng mà cj=chị ah=anh ib=nhắn tin ny=người yêu bme=bố mẹ""",
}
_LONG: Final = re.compile(r"([^\W\d_])\1{2,}")
_WORD: Final = re.compile(r"[^\W_]+")


def _read(listing: str) -> dict[str, str]:
    parts = re.split(r"\s+(?=\S+=)", listing.strip())
    return {short: " ".join(full.split()) for short, full in (part.split("=", 1) for part in parts)}


_FULL: Final[dict[str, dict[str, str]]] = {language: _read(listing) for language, listing in _LISTS.items()}


def written_out(text: Aligned, language: str | None) -> Aligned:
    """Write out what is shortened in a language, and let go of letters that were held down."""
    text = text.replaced(_LONG, lambda match: match[1])
    full = _FULL.get(language or "", {})
    return text.replaced(_WORD, lambda match: full.get(match[0].lower(), match[0])) if full else text
