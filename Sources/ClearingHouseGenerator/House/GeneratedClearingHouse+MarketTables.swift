import ClearingModel
import Quantities

extension GeneratedClearingHouse {
    /// Prices, volatilities, rates, histories and liquidity.
    func writeMarketData(_ folder: String) throws(GenerationError) {
        try writeSettlementPrices(folder)
        try writeSpotsAndVolatilities(folder)
        try writeRates(folder)
        try writeHistories(folder)
        try writeLiquidity(folder)
    }

    private func writeSettlementPrices(_ folder: String) throws(GenerationError) {
        let file = try TableFile(.settlementPrice, in: folder)
        for (day, date) in dates.both.enumerated() {
            var draws = SeededGenerator(seed: seed, stream: "quotes", index: day)
            let dateText = date.description
            for (number, series) in listing.series.enumerated() {
                let terms = terms(of: number)
                let price = board.prices[day][number]
                let tick = series.right == nil ? terms.tick : terms.optionTick
                let quoted =
                    series.right == nil
                    ? date : faults.lastQuote(of: number, price: price, tick: tick, date: date, draws: &draws)
                file.plain(dateText)
                file.plain(series.code)
                file.decimal(price, decimals: terms.decimals)
                file.plain(terms.currency)
                file.plain("settlement")
                if let quoted { file.plain(quoted == date ? dateText : quoted.description) } else { file.empty() }
                try file.endRow()
                if series.expiry == date { try writeFinalPrice(number, day: day, dateText: dateText, to: file) }
            }
        }
        try file.close()
    }

    /// The final settlement price of an expiring series: its own, or for an option its underlying's.
    private func writeFinalPrice(_ number: Int, day: Int, dateText: String, to file: TableFile) throws(GenerationError)
    {
        let series = listing.series[number]
        let terms = terms(of: number)
        var price = board.prices[day][series.underlying ?? number]
        if series.right != nil, series.underlying == nil {
            price = Int64((markets[series.product].spots[day] * PowersOfTen.double(terms.decimals)).rounded())
        }
        file.plain(dateText)
        file.plain(series.code)
        file.decimal(price, decimals: terms.decimals)
        file.plain(terms.currency)
        file.plain("final")
        file.plain(dateText)
        try file.endRow()
    }

    private func writeSpotsAndVolatilities(_ folder: String) throws(GenerationError) {
        let spots = try TableFile(.underlyingPrice, in: folder)
        let volatilities = try TableFile(.volatility, in: folder)
        for (day, date) in dates.both.enumerated() {
            for (number, market) in markets.enumerated() {
                if market.product.family.standsOnSpot {
                    let text = decimalText(rounding: market.spots[day], decimals: market.product.terms.decimals)
                    try spots.row(date.description, market.product.spotCode, text)
                }
                guard market.product.family.hasAssignedVolatility else { continue }
                for future in listing.products[number].futures {
                    let series = listing.series[future]
                    let years = Double(date.days(to: series.expiry)) / 365
                    let volatility = market.volatilityAtTheMoney(day, years: years)
                    try volatilities.row(date.description, series.code, decimalText(rounding: volatility, decimals: 6))
                }
            }
        }
        try spots.close()
        try volatilities.close()
    }

    private func writeRates(_ folder: String) throws(GenerationError) {
        let rates = try TableFile(.interestRate, in: folder)
        let exchange = try TableFile(.fxRate, in: folder)
        for (day, date) in dates.both.enumerated() {
            for code in InterestRates.codes {
                try rates.row(date.description, code, decimalText(rounding: InterestRates.rate(of: code), decimals: 6))
            }
            for market in markets where market.product.family.standsOnSpot {
                try rates.row(
                    date.description, market.product.carryRateCode, decimalText(rounding: market.carry, decimals: 6))
            }
            for pair in exchangeRates(day) {
                try exchange.row(date.description, pair.from, pair.to, decimalText(rounding: pair.rate, decimals: 10))
            }
        }
        try rates.close()
        try exchange.close()
    }

    /// Dollar to yen is the exchange-rate product's spot; euro to dollar is made up; the rest follows from the two.
    private func exchangeRates(_ day: Int) -> [(from: String, to: String, rate: Double)] {
        let euro = day == 0 ? 1.1431 : 1.1444
        let yen = markets[ProductFamily.exchangeRate.rawValue].spots[day]
        return [
            ("EUR", "JPY", euro * yen), ("EUR", "USD", euro), ("JPY", "EUR", 1 / (euro * yen)), ("JPY", "USD", 1 / yen),
            ("USD", "EUR", 1 / euro), ("USD", "JPY", yen),
        ]
    }

    private func writeHistories(_ folder: String) throws(GenerationError) {
        let file = try TableFile(.riskFactorLevel, in: folder)
        for market in markets {
            let source = market.product.isSynthetic ? "synthetic" : "EIA Cushing WTI spot FOB"
            for (date, level) in zip(market.history.dates, market.history.levels) {
                file.plain(market.product.code)
                file.plain(date.description)
                file.plain(decimalText(rounding: level, decimals: market.product.terms.decimals))
                file.plain(source)
                try file.endRow()
            }
        }
        try file.close()
    }

    private func writeLiquidity(_ folder: String) throws(GenerationError) {
        let file = try TableFile(.liquidity, in: folder)
        for date in dates.both {
            for market in markets {
                let terms = market.product.terms
                let daily = market.shortVolatilities[1] / 252.0.squareRoot()
                let move = market.product.family.isAdditive ? daily : daily * market.spots[1]
                try file.row(
                    date.description, market.product.code, market.product.family == .crude ? "4000" : "1500",
                    market.product.family == .crude ? "80000" : "30000", decimalText(rounding: move, decimals: 6),
                    decimalText(2 * terms.tick, decimals: terms.decimals))
            }
        }
        try file.close()
    }
}
