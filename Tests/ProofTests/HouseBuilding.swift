import PlainMargin
import Testing

/// A classic scenario: price move in scan ranges, volatility move, weight (methodology §3).
private let classic: [(move: Rational, volatility: Int, weight: Rational)] =
    [0, 1, -1, 2, -2, 3, -3].flatMap { thirds in
        [1, -1].map { (Rational(Int128(thirds), over: 3), $0, Rational(1)) }
    } + [(2, 0, "0.35"), (-2, 0, "0.35")]

extension PlainHouse {
    /// Dollars, and the classic sixteen scenarios.
    static func classicHouse() -> PlainHouse {
        var house = PlainHouse()
        house.currencies = [PlainCurrency("USD", decimals: 2)]
        house.scenarios = classic.enumerated().map { position, scenario in
            let number = position + 1
            let pair = scenario.volatility == 0 ? number : number + scenario.volatility
            return PlainScenario(priceMove: scenario.move, pair: pair)
        }
        return house
    }

    mutating func commodity(
        _ code: String, currency: String = "USD", decimals: Int = 0, _ change: (inout PlainCommodity) -> Void = { _ in }
    ) {
        var commodity = PlainCommodity(code, currency: currency)
        commodity.arrayDecimals = decimals
        change(&commodity)
        commodities.append(commodity)
    }

    func decimals(ofArraysOf commodity: String) -> Int {
        commodities.first { $0.code == commodity }?.arrayDecimals ?? 0
    }

    /// A linear future that loses `risk` at one scan range (methodology §4).
    mutating func future(
        _ code: String, of commodity: String, _ month: Int, risk: Rational, scaling: Rational = 1, factor: Rational = 1
    ) {
        let decimals = decimals(ofArraysOf: commodity)
        var series = PlainSeries(
            code, of: commodity, month, array: classic.map { (-$0.weight * $0.move * risk).rounded(decimals) })
        series.deltaScalingFactor = scaling
        series.contractValueFactor = factor
        series.priceScanRange = risk / factor
        self.series.append(series)
    }

    /// An option whose value is its intrinsic value after the move and a time value that volatility doubles or takes
    /// away: a long one never loses more than it is worth.
    ///
    /// `distance` is how far the strike lies above the underlying price, in money, as are `risk` and `timeValue`.
    mutating func option(
        _ code: String, of commodity: String, _ month: Int, _ kind: PlainKind, risk: Rational, distance: Rational = 0,
        timeValue: Rational, delta: Rational, scaling: Rational = 1
    ) {
        let decimals = decimals(ofArraysOf: commodity)
        func value(_ move: Rational, _ volatility: Int) -> Rational {
            let distance = kind.isCall ? move * risk - distance : distance - move * risk
            return max(0, distance) + timeValue * Rational(1 + volatility)
        }
        let now = value(0, 0)
        var series = PlainSeries(
            code, of: commodity, month,
            array: classic.map { ($0.weight * (now - value($0.move, $0.volatility))).rounded(decimals) })
        series.kind = kind
        series.compositeDelta = delta
        series.deltaScalingFactor = scaling
        series.settlementPrice = now
        self.series.append(series)
    }
}

/// Months of the proof houses, by maturity.
enum Listed {
    static let first = 203011
    static let second = 203012
    static let third = 203101
    static let fourth = 203103
}

/// A house, the account terms to try in it, and how far quantities run.
struct ProofCase: CustomTestStringConvertible, Sendable {
    let name: String
    let house: PlainHouse
    let accounts: [PlainAccount]
    var mostSeries = 3

    var testDescription: String { name }
}

extension PlainAccount {
    static let plain = PlainAccount(callCurrency: "USD")

    static func net(ratio: Rational = 1, isCapped: Bool = false, offsetCap: Rational? = nil) -> PlainAccount {
        var account = plain
        account.initialRatio = ratio
        account.netOptionValueIsCapped = isCapped
        account.offsetCap = offsetCap
        return account
    }

    static func of(_ type: PlainMarginingType, ratio: Rational = 1, isCapped: Bool = false) -> PlainAccount {
        var account = net(ratio: ratio, isCapped: isCapped)
        account.type = type
        return account
    }
}

extension PlainPosition {
    /// Two lists as one, each series once: an account holds a series in one row.
    static func added(_ first: [PlainPosition], _ second: [PlainPosition]) -> [PlainPosition] {
        var sums: [PlainPosition] = []
        for position in first + second {
            if let same = sums.firstIndex(where: { $0.series == position.series }) {
                sums[same].long += position.long
                sums[same].short += position.short
            } else {
                sums.append(position)
            }
        }
        return sums
    }
}
