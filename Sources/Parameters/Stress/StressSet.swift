import ClearingModel
import Quantities

/// A parameter set's stress test: its terms and its scenarios (docs/methodology.md §8.1).
package struct StressSet: Sendable {
    package let code: StressSetCode
    /// Days of the day count by which what is stressed stands nearer expiry, 0 … 60.
    package let horizonDays: ExactDecimal
    /// Whether what a member's house has to spare covers its clients' shortfall.
    package let houseSurplusCoversClients: Bool
    /// Share of the guaranty fund above which a member's worst shortfall is charged; nil: no add-on.
    package let addOnShare: ExactDecimal?
    package let reverse: ReverseStressGrid?
    /// How many groups' shortfalls the fund is held against, 1 … 10.
    package let coverCount: Int
    /// Nil: no second round.
    package let secondRound: SecondRoundTerms?
    /// By number.
    package let scenarios: [StressScenario]
    /// Coefficient of the square-root law by combined commodity, 0 or more.
    package let impactCoefficients: [CombinedCommodityCode: ExactDecimal]

    package static let usualCoverCount = 2

    package init(
        code: StressSetCode, horizonDays: ExactDecimal, houseSurplusCoversClients: Bool,
        addOnShare: ExactDecimal? = nil,
        reverse: ReverseStressGrid? = nil, coverCount: Int = usualCoverCount, secondRound: SecondRoundTerms? = nil,
        scenarios: [StressScenario], impactCoefficients: [CombinedCommodityCode: ExactDecimal] = [:]
    ) {
        self.code = code
        self.horizonDays = horizonDays
        self.houseSurplusCoversClients = houseSurplusCoversClients
        self.addOnShare = addOnShare
        self.reverse = reverse
        self.coverCount = coverCount
        self.secondRound = secondRound
        self.scenarios = scenarios
        self.impactCoefficients = impactCoefficients
    }

    /// The same without reverse stress and second round, for who asks for what is charged alone.
    package var chargingAlone: StressSet {
        StressSet(
            code: code, horizonDays: horizonDays, houseSurplusCoversClients: houseSurplusCoversClients,
            addOnShare: addOnShare, coverCount: coverCount, scenarios: scenarios)
    }

    /// The same without a search for the edge, for who asks for something else.
    package var withoutReverseStress: StressSet {
        StressSet(
            code: code, horizonDays: horizonDays, houseSurplusCoversClients: houseSurplusCoversClients,
            addOnShare: addOnShare, coverCount: coverCount, secondRound: secondRound, scenarios: scenarios,
            impactCoefficients: impactCoefficients)
    }
}

/// A stress set by its code.
package struct StressSetCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// The multiples of its moves that a scenario is tried at: step, 2·step, … up to `max` (docs/methodology.md §8.6).
package struct ReverseStressGrid: Hashable, Sendable {
    /// Above 0, at most `max`.
    package let step: ExactDecimal
    /// At most 100 and at most 1,000 steps.
    package let max: ExactDecimal

    package init(step: ExactDecimal, max: ExactDecimal) {
        self.step = step
        self.max = max
    }
}

/// How a default is followed through the others (docs/methodology.md §8.7).
package struct SecondRoundTerms: Hashable, Sendable {
    /// Rounds at most, 1 … 100.
    package let roundCap: Int
    /// Days in which the defaulters' positions are closed out, 1 or more: gives the reported participation alone.
    package let closeOutDays: Int
    /// Whether the defaulters' clients are closed out too.
    package let clientsAreClosedOut: Bool

    package init(roundCap: Int, closeOutDays: Int, clientsAreClosedOut: Bool) {
        self.roundCap = roundCap
        self.closeOutDays = closeOutDays
        self.clientsAreClosedOut = clientsAreClosedOut
    }
}
