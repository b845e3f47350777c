import ClearingModel
import Parameters
import PlainMargin
import Quantities
import RiskArrays
import Stress

/// What has no exact formula (options, and every logarithmic move), valued by the product's kernel for the second
/// implementation too: the kernel itself is held to other numbers elsewhere (`RiskArraysTests`, the separately computed
/// cases).
struct KernelRepricing: Sendable {
    private let book: StressBook
    private let places: [String: Int]

    init(_ book: StressBook) {
        self.book = book
        places = Dictionary(
            book.series.enumerated().map { ($1.code.text, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var closure: @Sendable (PlainStressSeries, PlainStressMove, Rational) -> Rational {
        { series, move, shift in loss(of: series.code, move, shift) }
    }

    private func loss(of code: String, _ move: PlainStressMove, _ shift: Rational) -> Rational {
        guard let place = places[code] else { preconditionFailure("no series \(code)") }
        let series = book.series[place]
        let found = book.revaluation(of: series)
        let shock = StressShock(
            price: StressPriceMove(move), volatility: StressVolatilityMove(move), impact: exact(shift))
        guard
            let losses = try? RiskArrayKernel.stressLosses(
                of: found.valuation, volatility: series.volatility, terms: found.terms, horizon: found.horizon,
                shocks: [shock])
        else { preconditionFailure("\(code) has no value") }
        return Rational(Int128(losses[0]), over: Rational.tenTo(found.terms.arrayDecimals))
    }
}
