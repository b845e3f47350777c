import Quantities
import Scenarios

/// How a loss vector is measured (docs/methodology.md §7).
package struct TailRiskTerms: Sendable {
    package let tail: TailShare
    package let convention: TailConvention
    /// Weight of the stressed expected shortfall in the core, 0 … 1.
    package let stressedWeight: ExactDecimal
    /// Nil where no add-on is charged for breaking correlations.
    package let correlationBreak: CorrelationBreakTerms?

    /// The terms of a simulation; nil where its confidence is none.
    package init?(_ simulation: Simulation) {
        guard let tail = TailShare(confidence: simulation.confidence) else { return nil }
        self.init(
            tail: tail, convention: simulation.convention, stressedWeight: simulation.stressedWeight,
            correlationBreak: simulation.correlationBreak.map {
                CorrelationBreakTerms(window: $0.window, kappa: $0.kappa, lower: $0.lower, upper: $0.upper)
            })
    }

    /// A quarter: what stressed returns weigh unless a house says otherwise.
    package static let usualStressedWeight = ExactDecimal(mantissa: 25, scale: 2)

    package init(
        tail: TailShare, convention: TailConvention = .fractional,
        stressedWeight: ExactDecimal = TailRiskTerms.usualStressedWeight,
        correlationBreak: CorrelationBreakTerms? = nil
    ) {
        precondition(stressedWeight >= .zero && stressedWeight <= .one, "a weight lies between 0 and 1")
        self.tail = tail
        self.convention = convention
        self.stressedWeight = stressedWeight
        self.correlationBreak = correlationBreak
    }
}

/// Losses of one portfolio, scenario by scenario in time order, and of each position that makes it up.
package struct SimulatedPortfolio: Sendable {
    /// Whole units of 10^-decimals, loss positive.
    package let losses: [Int64]
    /// Empty without a stressed window.
    package let stressedLosses: [Int64]
    package let decimals: Int
    /// Quantity, long positive, and the losses of one long unit, in the order of the positions.
    package let positions: [(quantity: Int64, losses: ArraySlice<Int64>)]
    /// Scenario weights; nil where all are equal.
    package let weights: [ExactDecimal]?

    package init(
        losses: [Int64], stressedLosses: [Int64] = [], decimals: Int,
        positions: [(quantity: Int64, losses: ArraySlice<Int64>)], weights: [ExactDecimal]? = nil
    ) {
        self.losses = losses
        self.stressedLosses = stressedLosses
        self.decimals = decimals
        self.positions = positions
        self.weights = weights
    }
}

/// Value at risk, expected shortfall and what follows from them, of one portfolio (docs/methodology.md §7).
///
/// Amounts are exact until they become money, each rounded once; loss positive, so that a portfolio that cannot lose
/// has negative ones.
package struct TailRisk: Sendable {
    package let currency: Currency
    package let valueAtRisk: ExactFraction
    package let expectedShortfall: ExactFraction
    /// Under the whole convention, whatever the terms' own.
    package let wholeExpectedShortfall: ExactFraction
    /// By position; they add up to the expected shortfall.
    package let components: [ExactFraction]
    /// Nil without a stressed window.
    package let stressedExpectedShortfall: ExactFraction?
    /// max(0, ES, (1 − w) · ES + w · stressed ES).
    package let core: ExactFraction
    package let correlationBreak: CorrelationBreak?

    package init(_ portfolio: SimulatedPortfolio, terms: TailRiskTerms, currency: Currency) {
        self.init(
            losses: portfolio.losses, stressedLosses: portfolio.stressedLosses, decimals: portfolio.decimals,
            weights: portfolio.weights, terms: terms, currency: currency
        ) { average in
            portfolio.positions.map { position in
                average.of(quantity: position.quantity) { position.losses[position.losses.startIndex + $0] }
            }
        }
    }

    /// Of a portfolio's own losses; `components` measures its positions over the tail, in units of the losses.
    package init(
        losses: [Int64], stressedLosses: [Int64], decimals: Int, weights: [ExactDecimal]? = nil, terms: TailRiskTerms,
        currency: Currency, components: (TailAverage) -> [ExactFraction]
    ) {
        let unit = ExactFraction(1, over: PowersOfTen.int128(decimals))
        let tail = LossTail(losses, tail: terms.tail, weights: weights)
        let average = tail.average(terms.convention)
        let value = tail.valueAtRisk(terms.convention)
        self.currency = currency
        valueAtRisk = value * unit
        expectedShortfall = average.of(losses) * unit
        wholeExpectedShortfall = tail.average(.whole).of(losses) * unit
        self.components = components(average).map { $0 * unit }
        stressedExpectedShortfall = Self.shortfall(of: stressedLosses, terms).map { $0 * unit }
        core = Self.core(expectedShortfall, stressed: stressedExpectedShortfall, weight: terms.stressedWeight)
        correlationBreak = terms.correlationBreak.map {
            CorrelationBreak(
                losses, decimals: decimals, valueAtRisk: value, tail: terms.tail,
                convention: terms.convention, terms: $0, currency: currency)
        }
    }

    /// The core of a portfolio's losses and nothing else.
    package static func core(
        of losses: [Int64], stressed: [Int64], decimals: Int, terms: TailRiskTerms
    ) -> ExactFraction {
        let unit = ExactFraction(1, over: PowersOfTen.int128(decimals))
        let shortfall = LossTail(losses, tail: terms.tail).average(terms.convention).of(losses) * unit
        return core(
            shortfall, stressed: Self.shortfall(of: stressed, terms).map { $0 * unit }, weight: terms.stressedWeight)
    }

    /// The expected shortfall of a stressed window, in units of its losses; nil without one.
    private static func shortfall(of stressedLosses: [Int64], _ terms: TailRiskTerms) -> ExactFraction? {
        guard !stressedLosses.isEmpty else { return nil }
        return LossTail(stressedLosses, tail: terms.tail).average(terms.convention).of(stressedLosses)
    }

    /// The larger of nothing, the expected shortfall, and its blend with the stressed one.
    package static func core(
        _ expectedShortfall: ExactFraction, stressed: ExactFraction?, weight: ExactDecimal
    ) -> ExactFraction {
        let plain = max(.zero, expectedShortfall)
        guard let stressed else { return plain }
        return max(
            plain, ExactFraction(.one - weight) * expectedShortfall + ExactFraction(weight) * stressed)
    }

    /// The components in whole minor units, which add up to the expected shortfall as money.
    package var componentAmounts: [Money] {
        sharedByLargestRemainder(Money(rounding: expectedShortfall, currency: currency), over: components)
    }
}
