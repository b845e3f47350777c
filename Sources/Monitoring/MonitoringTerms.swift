import Quantities

/// How a house is watched from night to night, as its row of `monitoring` says (docs/methodology.md §8.8).
package struct MonitoringTerms: Sendable {
    /// Published nights a figure is compared with at most, 1 to 60.
    package let lookBackNights: Int
    /// Nights a figure must have been seen before it is judged.
    package let leastNights: Int
    /// Magnitude of the robust z beyond which a figure has moved, above 0.
    package let robustZ: ExactDecimal
    /// Share of the median that its deviation counts as at least, above 0.
    package let leastSpread: ExactDecimal
    /// Contracts below which a position is not watched.
    package let leastContracts: ExactDecimal
    /// Margin in the base currency below which an account or member is not watched.
    package let leastMargin: ExactDecimal
    /// Share by which what goes on must have grown to be told again, above 0.
    package let worseShare: ExactDecimal
    /// Share of its value beyond which a parameter has jumped, above 0.
    package let jumpShare: ExactDecimal
    /// Nights in a row at a floor or cap that are told.
    package let stuckNights: Int
    /// Utilisation of a limit from which a member is near it, 0 to 1.
    package let warningShare: ExactDecimal
    /// Share of the guaranty fund above which a worst stress shortfall makes a night count, 0 to 1.
    package let fundShare: ExactDecimal

    package init(
        lookBackNights: Int, leastNights: Int, robustZ: ExactDecimal, leastSpread: ExactDecimal,
        leastContracts: ExactDecimal, leastMargin: ExactDecimal, worseShare: ExactDecimal, jumpShare: ExactDecimal,
        stuckNights: Int, warningShare: ExactDecimal, fundShare: ExactDecimal
    ) {
        self.lookBackNights = lookBackNights
        self.leastNights = leastNights
        self.robustZ = robustZ
        self.leastSpread = leastSpread
        self.leastContracts = leastContracts
        self.leastMargin = leastMargin
        self.worseShare = worseShare
        self.jumpShare = jumpShare
        self.stuckNights = stuckNights
        self.warningShare = warningShare
        self.fundShare = fundShare
    }
}
