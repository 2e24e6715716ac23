ask = May mga tao sa ganitong kalagayan na nakakaisip ng kamatayan. Iniisip mo bang magpakamatay?
    .asks = yes
means = Naisip mo na ba kung paano, at malapit ba iyon sa iyo ngayon?
    .asks = yes
stay = Salamat sa pagsasabi. Narito lang ako kasama mo. Gawin ba nating mas ligtas ang susunod na oras, magkasama?
    .asks = yes
away = Kaya mo bang ilayo iyon, o pumunta kung saan may kasama?
    .asks = yes
