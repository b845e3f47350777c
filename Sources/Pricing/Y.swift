package enum Y {}
