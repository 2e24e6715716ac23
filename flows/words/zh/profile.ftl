name = 厨房笔记
    .asks = no
short = 菜谱、谚语和谜语。
    .asks = no
about = 菜谱、足球规则、谚语和谜语。按 Start 开始看。
    .asks = no
