import ClearingModel
import Pricing
import Quantities

/// All series of the house, listed product by product.
struct GeneratedListing {
    private(set) var series: [ListedSeries] = []
    private(set) var products: [ProductListing] = []
    private let dates: GeneratedDates
    /// The month after the current date's: the first that is traded.
    private let firstMonth: ContractMonth

    init(markets: [ProductMarket], seriesCount: Int, dates: GeneratedDates) {
        self.dates = dates
        firstMonth = ContractMonth(of: dates.current).adding(months: 1)
        let weights = markets.map { $0.product.family == .crude ? 2 : 1 }
        let total = weights.reduce(0, +)
        series.reserveCapacity(seriesCount + 100 * markets.count)
        for (number, market) in markets.enumerated() {
            list(market, number: number, target: (seriesCount * weights[number] + total - 1) / total)
        }
    }

    private mutating func list(_ market: ProductMarket, number: Int, target: Int) {
        let futures = listFutures(market.product, number: number)
        var chains: [OptionChain] = []
        let terms = market.product.terms
        let expiries = min(terms.expiryLimit, max(4, target / 60))
        let strikeCount = max(12, (target - futures.count + 2 * expiries - 1) / (2 * expiries))
        // Index and exchange-rate options expire within their month, all others before it.
        let skipped = market.product.family == .index || market.product.family == .exchangeRate ? 0 : 1
        for offset in 0..<expiries {
            let month = firstMonth.adding(months: offset + skipped)
            let frame = monthlyFrame(market.product, month: month, futures: futures)
            let ladder = StrikeLadder(
                market: market, expiry: frame.expiry, date: dates.previous, count: strikeCount,
                hasDeepWings: offset == 0 && market.product.family == .crude)
            chains.append(append(frame, strikes: ladder.strikes, number: number, product: market.product))
        }
        for frame in weeklyFrames(market, futures: futures) {
            chains.append(append(frame.chain, strikes: frame.strikes, number: number, product: market.product))
        }
        products.append(
            ProductListing(
                futures: futures, chains: chains, monthlyCount: expiries, futureTick: terms.tick,
                optionTick: terms.optionTick))
    }

    private mutating func listFutures(_ product: Product, number: Int) -> Range<Int> {
        let first = series.count
        for position in 0..<product.terms.futureCount {
            let offset = product.terms.firstFutureOffset + position * product.terms.futureStep
            let month = firstMonth.adding(months: offset)
            series.append(
                ListedSeries(
                    code: "\(product.futureContract)-\(month)", product: number, slot: .future, month: month,
                    expiry: Self.futureExpiry(product.family, month: month), right: nil, strike: 0, underlying: nil))
        }
        return first..<series.count
    }

    /// Crude: the 20th of the month before. Gas and basis: four days before the month. Others: inside the month.
    static func futureExpiry(_ family: ProductFamily, month: ContractMonth) -> BusinessDate {
        switch family {
        case .crude: GeneratedCalendar.onOrBefore(month.adding(months: -1).firstDay.adding(days: 19))
        case .gas, .basis: GeneratedCalendar.onOrBefore(month.firstDay.adding(days: -4))
        case .index: GeneratedCalendar.thirdFriday(of: month)
        case .bond: GeneratedCalendar.onOrBefore(month.firstDay.adding(days: 7))
        case .exchangeRate: GeneratedCalendar.onOrBefore(month.firstDay.adding(days: 17))
        }
    }

    private struct ChainFrame {
        let slot: ContractSlot
        let label: String
        let month: ContractMonth
        let expiry: BusinessDate
        let underlying: Int?
    }

    /// The chain of an option month: its expiry, and the future that it stands on, the first that is not earlier.
    private func monthlyFrame(_ product: Product, month: ContractMonth, futures: Range<Int>) -> ChainFrame {
        if product.family.standsOnSpot {
            return ChainFrame(
                slot: .option, label: month.description, month: month, expiry: GeneratedCalendar.thirdFriday(of: month),
                underlying: nil)
        }
        let expiry: BusinessDate =
            switch product.family {
            case .crude: GeneratedCalendar.onOrBefore(month.adding(months: -1).firstDay.adding(days: 15))
            case .gas, .basis:
                GeneratedCalendar.onOrBefore(Self.futureExpiry(product.family, month: month).adding(days: -1))
            case .index, .bond: GeneratedCalendar.onOrBefore(month.adding(months: -1).firstDay.adding(days: 21))
            case .exchangeRate: GeneratedCalendar.onOrBefore(month.firstDay.adding(days: 4))
            }
        let underlying = futures.first { series[$0].month >= month } ?? futures.upperBound - 1
        return ChainFrame(
            slot: .option, label: month.description, month: series[underlying].month, expiry: expiry,
            underlying: underlying)
    }

    /// Chains off the monthly cycle of a family's first product: WTI's and the index's expire on the current date; the
    /// bond's lists strikes far from the money only, so that no volatility of its can be solved.
    private func weeklyFrames(
        _ market: ProductMarket, futures: Range<Int>
    ) -> [(chain: ChainFrame, strikes: [Int64])] {
        guard market.product.variant == 0 else { return [] }
        let underlying = futures.lowerBound
        let unit = PowersOfTen.double(market.product.terms.decimals)
        let level = Int64((market.spots[0] * unit).rounded())
        let centre = { (step: Int64) in (level + step / 2) / step }
        switch market.product.family {
        case .crude:
            let frame = weekly(dates.current, month: series[underlying].month, underlying: underlying)
            return [(frame, (-4...4).map { (centre(50) + $0) * 50 })]
        case .index:
            let frame = weekly(dates.current, month: ContractMonth(of: dates.current), underlying: nil)
            return [(frame, (-5...5).map { (centre(250) + $0) * 250 })]
        case .bond:
            let frame = weekly(dates.current.adding(days: 7), month: series[underlying].month, underlying: underlying)
            return [(frame, [-40, -35, -30, 30, 35, 40].map { (centre(100) + $0) * 100 })]
        case .gas, .basis, .exchangeRate: return []
        }
    }

    private func weekly(_ expiry: BusinessDate, month: ContractMonth, underlying: Int?) -> ChainFrame {
        let day = GeneratedCalendar.onOrBefore(expiry)
        return ChainFrame(slot: .weekly, label: day.description, month: month, expiry: day, underlying: underlying)
    }

    private mutating func append(
        _ frame: ChainFrame, strikes: [Int64], number: Int, product: Product
    ) -> OptionChain {
        let first = series.count
        let contract = frame.slot == .weekly ? product.weeklyContract : product.optionContract
        for strike in strikes {
            let text = ExactDecimal(mantissa: Int128(strike), scale: product.terms.decimals).description
            for right in [OptionRight.call, .put] {
                series.append(
                    ListedSeries(
                        code: "\(contract)-\(frame.label)-\(right == .call ? "C" : "P")\(text)", product: number,
                        slot: frame.slot, month: frame.month, expiry: frame.expiry, right: right, strike: strike,
                        underlying: frame.underlying))
            }
        }
        return OptionChain(
            slot: frame.slot, label: frame.label, month: frame.month, expiry: frame.expiry,
            underlying: frame.underlying, strikes: strikes, first: first)
    }
}
