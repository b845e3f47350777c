import Quantities

/// How the demo house's parameters are calibrated, and what its margins are held against (docs/demo-house.md).
extension GeneratedClearingHouse {
    private static let backtest = "NIGHTS"
    private static let crisis = (code: "2008", from: "2008-09-02", to: "2009-06-30")

    /// Rules of calibration, a backtest of both nights, and thresholds of a proposed set's impact.
    func writeStudies(_ folder: String) throws(GenerationError) {
        if !isSimulated { try writeRiskFactors(folder, areMapped: false) }
        try writeCalibration(folder)
        try writeBacktest(folder)
        try writeHypotheticalPortfolios(folder)
        let thresholds = try TableFile(.impactThreshold, in: folder)
        for threshold in ["0.05", "0.1", "0.15", "0.2"] { try thresholds.row(threshold) }
        try thresholds.close()
    }

    /// A price scan range of each product with all three tools against procyclicality, the haircut of the dollar
    /// against the yen, and the offset rate between crude oil and gas.
    private func writeCalibration(_ folder: String) throws(GenerationError) {
        let rules = try TableFile(.calibrationRule, in: folder)
        let windows = try TableFile(.calibrationStressedWindow, in: folder)
        for market in markets {
            let (product, range) = (market.product, GeneratedScanRange(market))
            let increment =
                range.isPercent ? "0.001" : decimalText(5 * product.terms.tick, decimals: product.terms.decimals)
            try rules.row(
                "price_scan_range", product.code, range.isPercent ? "percent" : "amount", product.code, "2", "0.99",
                "750",
                "250", "0.97", increment, "0.15", "10", "0.25", "0.25")
            try windows.row(
                "price_scan_range", product.code, Self.crisis.code, Self.crisis.from, Self.crisis.to)
        }
        let (crude, gas, yen) = (markets[0].product, markets[1].product, markets[5].product)
        try rules.row(
            "haircut", "currency USD JPY", nil, yen.code, "2", "0.99", "750", "250", "0.97", "0.005", "0.15", "10",
            "0.25",
            nil)
        try windows.row("haircut", "currency USD JPY", Self.crisis.code, Self.crisis.from, Self.crisis.to)
        let spread = "\(crude.code)-\(gas.code)"
        try rules.row(
            "offset_rate", spread, nil, nil, "2", "0.99", nil, "100", "0.97", "0.05", "0.15", nil, nil, nil)
        try windows.row("offset_rate", spread, Self.crisis.code, Self.crisis.from, Self.crisis.to)
        try rules.close()
        try windows.close()
        let legs = try TableFile(.calibrationLeg, in: folder)
        for (leg, side, product, ratio) in [("1", "A", crude, "1"), ("2", "B", gas, "2")] {
            try legs.row(
                "offset_rate", spread, leg, product.code, ratio, "\(product.terms.contractValueFactor)", side)
        }
        try legs.close()
    }

    /// Both nights at a horizon of a day, and the rule of crude oil walked over its whole history.
    private func writeBacktest(_ folder: String) throws(GenerationError) {
        let backtests = try TableFile(.backtest, in: folder)
        try backtests.row(
            Self.backtest, "HOUSE", dates.previous.description, dates.current.description, "0.99", "1")
        try backtests.close()
        let walks = try TableFile(.walkForward, in: folder)
        let crude = markets[0].product
        try walks.row(
            Self.backtest, crude.code, "price_scan_range", crude.code, "\(crude.terms.contractValueFactor)",
            crude.terms.currency, "21", nil)
        try walks.close()
        let changes = try TableFile(.sensitivityChange, in: folder)
        for (parameter, value) in [
            ("confidence", "0.995"), ("horizon_days", "1"), ("lambda", "0.94"), ("look_back_days", "500"),
        ] { try changes.row(Self.backtest, crude.code, parameter, value) }
        try changes.close()
        let critical = try TableFile(.z2Critical, in: folder)
        for (nights, probability, yellow, red) in [
            ("250", "0.025", "-0.7", "-1.8"), ("500", "0.025", "-0.49", "-1.25"), ("250", "0.01", "-1.17", "-3.2"),
            ("500", "0.01", "-0.8", "-2.1"),
        ] { try critical.row(nights, probability, yellow, red) }
        try critical.close()
    }

    /// One portfolio of each kind.
    private func writeHypotheticalPortfolios(_ folder: String) throws(GenerationError) {
        let portfolios = try TableFile(.hypotheticalPortfolio, in: folder)
        let lines = try TableFile(.hypotheticalLine, in: folder)
        let (crude, gas) = (markets[0].product.code, markets[1].product.code)
        typealias Line = (commodity: String, instrument: String, rank: String, moneyness: String?, quantity: String?)
        let all: [(code: String, kind: String, lines: [Line])] = [
            ("CALENDAR", "calendar", [(crude, "future", "1", nil, "10"), (crude, "future", "6", nil, "-10")]),
            ("CONCENTRATED", "concentrated", [(crude, "future", "2", nil, nil)]),
            ("CRUDE-GAS", "inter_commodity", [(crude, "future", "1", nil, "10"), (gas, "future", "1", nil, "-20")]),
            ("DEEP", "deep_otm_short", [(crude, "call", "2", "1.25", "-50"), (crude, "put", "2", "0.75", "-50")]),
            ("LONG", "outright", [(crude, "future", "1", nil, "10")]),
            ("STRADDLE", "straddle", [(crude, "call", "2", "1", "-10"), (crude, "put", "2", "1", "-10")]),
        ]
        for portfolio in all {
            try portfolios.row(portfolio.code, portfolio.kind)
            for (number, line) in portfolio.lines.enumerated() {
                try lines.row(
                    portfolio.code, "\(number + 1)", line.commodity, line.instrument, line.rank, line.moneyness,
                    line.quantity, line.quantity == nil ? "1.5" : nil)
            }
        }
        try portfolios.close()
        try lines.close()
    }
}
