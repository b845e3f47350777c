import ClearingModel
import Monitoring
import Quantities
import TestSupport

/// A house of forty accounts night after night, its sizes drawn from a seed; what is planted changes a night.
struct MadeUpNights {
    /// What differs from a quiet night.
    struct Planted {
        /// Factors on contracts by account and series; the risk and margin of the account follow.
        var contracts: [String: Double] = [:]
        /// Factors on margin by account, and on collateral by member.
        var margin: [String: Double] = [:]
        var collateral: [String: Double] = [:]
        /// Factors on the risk of one combined commodity in an account.
        var risk: [String: Double] = [:]
        /// Worst shortfalls by member.
        var shortfall: [String: Int] = [:]
        var limits: [MemberLimit] = []
        var touched: [FigureKey] = []
        var parameterMoves: [ParameterMove] = []
    }

    static let terms = MonitoringTerms(
        lookBackNights: 60, leastNights: 20, robustZ: exact("5"), leastSpread: exact("0.02"),
        leastContracts: exact("50"), leastMargin: exact("10000"), worseShare: exact("0.25"), jumpShare: exact("0.5"),
        stuckNights: 20, warningShare: exact("0.8"), fundShare: exact("0.8"))
    static let fund = exact("1000000")

    private var random: SeededGenerator
    private(set) var reviews: [NightReview] = []

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// Account `number` of a member with two accounts each.
    static func account(_ number: Int) -> String { "A\(number < 10 ? "0" : "")\(number)" }
    static func member(ofAccount number: Int) -> String { "M\((number + 1) / 2 < 10 ? "0" : "")\((number + 1) / 2)" }

    /// Looks at one night more, and keeps it.
    mutating func pass(_ planted: Planted = Planted()) -> [MonitoringAlarm] {
        var house = MonitoredHouse(Self.terms)
        for number in 1...40 { add(account: number, planted, to: &house) }
        for (member, amount) in planted.shortfall {
            house.add(worstShortfall: ExactDecimal(amount), of: MemberCode(member), fund: Self.fund)
        }
        var history = FigureHistory()
        for (place, review) in reviews.suffix(60).reversed().enumerated() {
            for figure in review.figures { history.add(figure, isLastNight: place == 0) }
        }
        var told: [MemberCode: [LimitMeasure: ToldLimit]] = [:]
        for used in reviews.last?.limits ?? [] {
            guard let utilisation = used.toldUtilisation else { continue }
            told[used.limit.member, default: [:]][used.limit.measure] = ToldLimit(used.state, utilisation: utilisation)
        }
        let review = NightReview(
            of: MonitoredNight(
                Self.terms, house: house, history: history, limits: planted.limits, toldLimits: told,
                touched: planted.touched, parameterMoves: planted.parameterMoves))
        reviews.append(review)
        return review.alarms
    }

    /// Four positions, in two series of OIL and two of GAS, within 4 % of 100 contracts a number of the account.
    private mutating func add(account number: Int, _ planted: Planted, to house: inout MonitoredHouse) {
        let (account, member) = (Self.account(number), Self.member(ofAccount: number))
        var margin = 0.0
        for series in ["OIL-1", "OIL-2", "GAS-1", "GAS-2"] {
            let drawn = Double(20 * number) * random.number(0.96...1.04)
            let contracts = Int64(drawn * (planted.contracts["\(account) \(series)"] ?? 1))
            let commodity = String(series.prefix(3))
            house.add(
                HeldPosition(
                    member: MemberCode(member), account: AccountCode(account), owner: .none, series: SeriesCode(series),
                    combinedCommodity: CombinedCommodityCode(commodity), deltaScalingFactor: .one,
                    long: number % 2 == 0 ? contracts : 0, short: number % 2 == 0 ? 0 : contracts))
            let risk = Double(contracts) * 100 * (planted.risk["\(account) \(commodity)"] ?? 1)
            house.add(risk: ExactDecimal(Int(risk)), of: AccountCode(account), in: CombinedCommodityCode(commodity))
            margin += Double(contracts) * 100
        }
        let required = ExactDecimal(Int(margin * (planted.margin[account] ?? 1)))
        house.add(
            AccountAmounts(
                account: AccountCode(account), member: MemberCode(member), margin: required, unpaid: .zero,
                collateral: ExactDecimal(Int(2 * margin * (planted.collateral[member] ?? 1)))))
    }
}

/// An exact decimal as it is written.
func exact(_ text: String) -> ExactDecimal {
    guard let value = ExactDecimal(text) else { preconditionFailure("\(text) is a decimal") }
    return value
}
