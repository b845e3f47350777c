import ClearingModel
import Quantities

/// A series listed on a night, as a line of a hypothetical portfolio chooses it.
package struct ListedInstrument: Hashable, Sendable {
    package let code: SeriesCode
    package let combinedCommodity: CombinedCommodityCode
    package let instrument: HypotheticalInstrument
    package let contractMonth: ContractMonth
    package let expiryDate: BusinessDate?
    /// Of an option: its strike, and its underlying's price of the night, nil where there is none.
    package let strike: ExactDecimal?
    package let underlyingPrice: ExactDecimal?

    package init(
        code: SeriesCode, combinedCommodity: CombinedCommodityCode, instrument: HypotheticalInstrument,
        contractMonth: ContractMonth, expiryDate: BusinessDate?, strike: ExactDecimal? = nil,
        underlyingPrice: ExactDecimal? = nil
    ) {
        self.code = code
        self.combinedCommodity = combinedCommodity
        self.instrument = instrument
        self.contractMonth = contractMonth
        self.expiryDate = expiryDate
        self.strike = strike
        self.underlyingPrice = underlyingPrice
    }
}

/// The series of a night that do not expire before the horizon's end, and what hypothetical portfolios hold of them
/// (docs/methodology.md §12.1).
package struct HypotheticalListing: Sendable {
    private struct Shelf: Hashable {
        let combinedCommodity: CombinedCommodityCode
        let instrument: HypotheticalInstrument
    }

    /// Of each combined commodity and instrument the months of which no series expires by the horizon, ascending.
    private let months: [Shelf: [(month: ContractMonth, series: [ListedInstrument])]]
    private let averageDailyVolumes: [CombinedCommodityCode: ExactDecimal]

    /// `horizonEnd` is t + h; `averageDailyVolumes` are the night's, in contracts.
    package init(
        _ series: some Sequence<ListedInstrument>, horizonEnd: BusinessDate,
        averageDailyVolumes: [CombinedCommodityCode: ExactDecimal]
    ) {
        let shelves = Dictionary(grouping: series) {
            Shelf(combinedCommodity: $0.combinedCommodity, instrument: $0.instrument)
        }
        months = shelves.mapValues { series in
            Dictionary(grouping: series, by: \.contractMonth).sorted { $0.key < $1.key }
                .filter { $0.value.allSatisfy { $0.expiryDate.map { $0 > horizonEnd } ?? true } }
                .map { ($0.key, $0.value.sorted { $0.code < $1.code }) }
        }
        self.averageDailyVolumes = averageDailyVolumes
    }

    /// The nearest future of a combined commodity that does not expire by the horizon; the first by code of a month.
    package func nearestFuture(of combinedCommodity: CombinedCommodityCode) -> SeriesCode? {
        months[Shelf(combinedCommodity: combinedCommodity, instrument: .future)]?.first?.series.first?.code
    }

    /// What a portfolio holds, by series; lines in one series are added up.
    /// - Throws: `ValidationRefusal` `hypothetical_line_unfilled` for the first line that no listed series fills.
    package func positions(of portfolio: HypotheticalPortfolio) throws(ValidationRefusal) -> [FrozenPosition] {
        var quantities: [SeriesCode: Int64] = [:]
        for line in portfolio.lines {
            guard let series = series(line, isDeep: portfolio.kind == .deepOtmShort) else {
                throw unfilled(portfolio, line, "no listed series fills it")
            }
            let quantity: Int64
            switch line.quantity {
            case .contracts(let count): quantity = count
            case .averageDailyVolumes(let multiple):
                guard let volume = averageDailyVolumes[line.combinedCommodity],
                    let count = volume.minorUnits(times: multiple, decimals: 0)
                else {
                    throw unfilled(portfolio, line, "\(line.combinedCommodity) has no average daily volume")
                }
                quantity = count
            }
            let (sum, overflows) = (quantities[series] ?? 0).addingReportingOverflow(quantity)
            guard !overflows, sum.magnitude < 1 << 40 else {
                throw unfilled(portfolio, line, "the quantity leaves what a position can hold")
            }
            quantities[series] = sum
        }
        return quantities.sorted { $0.key < $1.key }.map {
            FrozenPosition(series: $0.key, long: max(0, $0.value), short: max(0, -$0.value))
        }
    }

    private func unfilled(
        _ portfolio: HypotheticalPortfolio, _ line: HypotheticalLine, _ reason: String
    ) -> ValidationRefusal {
        ValidationRefusal(
            .hypotheticalLineUnfilled, "\(portfolio.code) \(line.number)", table: "hypothetical_line", reason)
    }

    private func series(_ line: HypotheticalLine, isDeep: Bool) -> SeriesCode? {
        let shelf = Shelf(combinedCommodity: line.combinedCommodity, instrument: line.instrument)
        guard let months = months[shelf], months.count >= line.monthRank else { return nil }
        let series = months[line.monthRank - 1].series
        guard let moneyness = line.moneyness else { return series.first?.code }
        var best: (strike: ExactDecimal, distance: ExactDecimal, code: SeriesCode)?
        for option in series {
            guard let strike = option.strike, let price = option.underlyingPrice else { continue }
            let wanted = moneyness * price
            if isDeep, line.instrument == .call ? strike < wanted : strike > wanted { continue }
            let distance = (strike - wanted).magnitude
            if let best, best.distance < distance || (best.distance == distance && best.strike <= strike) { continue }
            best = (strike, distance, option.code)
        }
        return best?.code
    }
}
