/// How much of a stage's result a run computes itself, and so which rows the stage loads.
package enum StageScope: String, Sendable {
    /// Everything.
    case whole
    /// The parts that changed inputs can move, which the tables of `ScopeStore` name; of those, what comes out equal
    /// is the base's again.
    case affected
    /// Nothing: the base had the same inputs.
    case reused
}
