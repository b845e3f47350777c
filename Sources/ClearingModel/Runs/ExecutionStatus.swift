/// How one attempt at a stage ended, if it has.
package enum ExecutionStatus: String, CaseIterable, Sendable, Encodable, CustomStringConvertible {
    case running, succeeded, failed
    /// Its program was gone when the next one started.
    case abandoned

    package var description: String { rawValue }
}
