/// Which of the day's margin runs: at the end of the day, or during it.
package enum Cycle: String, CaseIterable, Sendable, Encodable, CustomStringConvertible {
    case endOfDay = "EOD"
    case intraday = "ITD"

    /// As reports, tables and command lines spell it: `EOD`.
    package var description: String { rawValue }
}
