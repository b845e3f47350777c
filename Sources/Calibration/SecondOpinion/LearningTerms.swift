import Quantities

/// What a second opinion looks at (docs/methodology.md §10.6). It is data of the one who asks, and stands in the head
/// of every report.
package struct LearningTerms: Hashable, Sendable {
    /// Days with levels that are looked at beside the last one, 2 or more.
    package var lookBackDays = 750
    /// Least number of common days beside the last one, 2 or more.
    package var minObservations = 250
    /// Calendar days that may lie between levels, and behind the last one, 1 or more.
    package var maxGapDays = 7
    /// Days with levels from one calibration of a walk to the next, 1 or more.
    package var walkDays = 63
    /// Products whose average distance √(2(1 − ρ)) is at most this stand together, 0 … 2; 1 is a correlation of ½.
    package var groupDistance = ExactDecimal.one

    package init() {}
}
