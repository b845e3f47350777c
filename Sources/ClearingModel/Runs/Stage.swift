/// A step of an end-of-day cycle, each its own executable, in the order they run.
package enum Stage: String, CaseIterable, Sendable, Encodable, CustomStringConvertible {
    case ingest
    case riskArrays = "risk-arrays"
    case offsets
    case addOns = "add-ons"
    case stress
    case calls
    case attribution
    case report

    /// As the ledger, the log and command lines spell it: `risk-arrays`.
    package var description: String { rawValue }

    /// The executable that runs this stage alone.
    package var executable: String { "margin-\(rawValue)" }
}
