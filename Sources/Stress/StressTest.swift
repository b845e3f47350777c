import ClearingModel
import Parameters
import Quantities

/// Everything a night's stress test is computed from (docs/methodology.md §8).
package struct StressInputs: Sendable {
    package let set: StressSet
    package let book: StressBook
    /// By account, in the house's order; nil for one without.
    package let covers: [AccountCover?]
    package let resources: StatedResources
    package let rates: ExchangeRates
    /// Nil where the set asks for no second round.
    package let secondRound: SecondRoundInputs?

    package init(
        set: StressSet, book: StressBook, covers: [AccountCode: AccountCover], resources: StatedResources,
        rates: ExchangeRates, secondRound: SecondRoundInputs?
    ) {
        self.init(
            set: set, book: book, covers: book.house.accounts.map { covers[$0.code] }, resources: resources,
            rates: rates, secondRound: secondRound)
    }

    private init(
        set: StressSet, book: StressBook, covers: [AccountCover?], resources: StatedResources, rates: ExchangeRates,
        secondRound: SecondRoundInputs?
    ) {
        self.set = set
        self.book = book
        self.covers = covers
        self.resources = resources
        self.rates = rates
        self.secondRound = secondRound
    }

    /// The same night asked for another set, with a second round or without, and of another book of the same house.
    package func asking(
        _ set: StressSet, of book: StressBook? = nil, secondRound: SecondRoundInputs? = nil
    ) -> StressInputs {
        StressInputs(
            set: set, book: book ?? self.book, covers: covers, resources: resources, rates: rates,
            secondRound: secondRound)
    }
}

/// A night's stress test: what each portfolio would cost, who would be short of what, whether the fund would hold, what
/// is charged for it, how far it is to the edge, and what a default would do to the others (docs/methodology.md §8).
package struct StressTest: Sendable {
    package let units: StressUnits
    package let arrays: StressArrays
    package let exposures: StressExposures
    /// R by portfolio, in minor units of the base currency.
    package let covers: [Int64]
    /// By scenario number: 0 is the no-offset bound.
    package let shortfalls: [StressShortfalls]
    package let coverRequirements: [CoverRequirement]
    package let resources: StressResources
    package let charges: [StressCharge]
    /// By scenario; empty where the set asks for none.
    package let reverse: [ReverseStress]
    /// Nil where the set asks for none, or no group has a shortfall.
    package let secondRound: SecondRound?

    /// What the no-offset bound is called where scenarios have their codes.
    package static let noOffsetCode = "no-offset"

    /// The scenario with the largest need, the lowest number among equals; the bound is none. Nil without scenarios.
    package var worst: CoverRequirement? {
        coverRequirements.dropFirst().reduce(nil) { worst, next in
            worst.map { next.coverTwo > $0.coverTwo } ?? true ? next : worst
        }
    }

    /// D of a unit by its place, by scenario number.
    package func shortfalls(ofUnit unit: Int) -> [Int64] { units.shortfalls(of: unit, exposures, covers: covers) }

    /// The exposures of all portfolios added up in a scenario by its number, 0 the bound.
    package func totalExposure(in scenario: Int) -> Int64 {
        covers.indices.reduce(0) { $0 + exposures.exposure(of: $1, in: scenario) }
    }

    /// Fund over need, to 6 decimals half away from zero; nil where nothing is needed (docs/methodology.md §8.4).
    package func sufficiency(of cover: CoverRequirement) -> ExactDecimal? {
        guard cover.coverTwo > 0 else { return nil }
        return ExactDecimal(Int(resources.fund)).divided(by: ExactDecimal(Int(cover.coverTwo)), roundedToScale: 6)
    }

    /// Whether the fund holds: what is needed may be all of it (docs/methodology.md §8.4).
    package func isSufficient(_ cover: CoverRequirement) -> Bool { cover.coverTwo <= resources.fund }

    /// The scenario that is nearest to breaking the fund: the smallest multiple, the lowest number among equals.
    package var nearestToTheEdge: ReverseStress? {
        var nearest: (found: ReverseStress, multiplier: ExactDecimal)?
        for found in reverse {
            guard case .reached(let multiplier, _) = found.outcome else { continue }
            if nearest.map({ multiplier < $0.multiplier }) ?? true { nearest = (found, multiplier) }
        }
        return nearest?.found
    }
}

extension StressTest {
    /// Computes it all on up to `threads` tasks; the same bits for any number of them. `onlyHeld` leaves the arrays of
    /// series that nobody holds at 0; what stands of a base is not valued again.
    /// - Throws: `StressRefusal` by the first rule that is broken, before anything is returned.
    package static func compute(
        _ inputs: StressInputs, onlyHeld: Bool = false, standing: StandingLosses? = nil, threads: Int,
        completed: (Int, Int) -> Void = { _, _ in }
    ) async throws -> StressTest {
        let (set, book) = (inputs.set, inputs.book)
        let units = book.units
        if set.secondRound != nil { try inputs.resources.requireLiquidity(of: units.members) }
        let shocks = try StressShocks(set, of: book)
        let arrays = try await StressArrays.compute(
            book, shocks, onlyHeld: onlyHeld, standing: standing, threads: threads, completed: completed)
        try inputs.resources.requireFund(of: units.members, base: book.base)
        try inputs.requireRates()
        let resources = try StressResources(
            inputs.resources, members: units.members, base: book.base, rates: inputs.rates,
            needsLiquidity: set.secondRound != nil)
        let covers = try await stressCovers(inputs.covers, of: book, rates: inputs.rates, threads: threads)
        let terms = ShortfallTerms(
            units, covers: covers, contributions: resources.contributions(units), coverCount: set.coverCount,
            houseSurplusCoversClients: set.houseSurplusCoversClients)
        let exposures = try await StressExposures.compute(book, arrays, threads: threads)
        let shortfalls = await terms.shortfalls(exposures, threads: threads)
        let charges = try set.addOnShare.map { share throws(StressRefusal) in
            try StressCharges(
                book: book, units: units, exposures: exposures, covers: covers,
                shortfalls: Array(shortfalls.dropFirst()), fund: resources.fund, rates: inputs.rates
            ).charges(share: share)
        }
        let search = ReverseStressSearch(
            book: book, shocks: shocks, terms: terms, fund: resources.fund, threads: threads)
        let test = StressTest(
            units: units, arrays: arrays, exposures: exposures, covers: covers, shortfalls: shortfalls,
            coverRequirements: shortfalls.enumerated().map { terms.coverRequirement($1, scenario: $0) },
            resources: resources, charges: charges ?? [], reverse: try await search.outcomes(set), secondRound: nil)
        guard let worst = test.worst, !worst.groups.isEmpty, let secondRound = inputs.secondRound else { return test }
        let rounds = SecondRoundComputation(
            book: book, shocks: shocks, terms: terms, resources: resources, inputs: secondRound, rates: inputs.rates,
            threads: threads)
        return test.with(
            try await rounds.follow(
                worst.groups, scenario: worst.scenario, shortfalls[worst.scenario],
                exposures: exposures.values(in: worst.scenario)))
    }

    private func with(_ secondRound: SecondRound) -> StressTest {
        StressTest(
            units: units, arrays: arrays, exposures: exposures, covers: covers, shortfalls: shortfalls,
            coverRequirements: coverRequirements, resources: resources, charges: charges, reverse: reverse,
            secondRound: secondRound)
    }
}
