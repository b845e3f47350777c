import Quantities

/// What an account would have to cover if correlations were weaker than its credits assume (methodology §7).
package struct CorrelationUnderestimation: Sendable {
    /// The requirement at a cut of every inter-commodity credit rate; each in the call currency.
    package let requirements: [(cut: String, requirement: Money)]
    /// Share of the difference that is charged, 0 or more.
    package let kappa: ExactDecimal

    /// The cuts, with the names they have in results.
    package static let cuts: [(name: String, cut: CreditRateCut)] = [
        ("0", .none), ("0.1", .by(ExactDecimal(mantissa: 1, scale: 1))),
        ("0.2", .by(ExactDecimal(mantissa: 2, scale: 1))), ("all", .toNothing),
    ]

    /// Computes the requirement at each cut with `requirement`.
    package init(
        kappa: ExactDecimal, _ requirement: (CreditRateCut) throws(MarginingError) -> Money
    ) throws(MarginingError) {
        var requirements: [(cut: String, requirement: Money)] = []
        for (name, cut) in Self.cuts { requirements.append((name, try requirement(cut))) }
        self.requirements = requirements
        self.kappa = kappa
    }

    /// κ · max(0, requirement at a cut of 0.2 − requirement), half away from zero to the minor unit.
    package func line() throws(AddOnError) -> AddOnLine {
        let item = AddOnItemCode("requirement")
        let full = requirements[0].requirement
        let doubted = requirements[2].requirement
        let difference = doubted - full
        let base = difference.minorUnits > 0 ? difference : .zero(full.currency)
        return AddOnLine(
            kind: .correlationUnderestimation, item: item, base: base,
            driver: "requirement \(doubted) with every credit rate 0.2 lower, \(full) as it is, kappa \(kappa)",
            multiplier: kappa, amount: try item.money(base.amount * kappa, full.currency))
    }
}
