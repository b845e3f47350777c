/// How far a run is.
package enum RunStatus: String, CaseIterable, Sendable, Encodable, CustomStringConvertible {
    /// Its stages are being computed, or were left when a program stopped.
    case building
    /// Computed and reported; readers do not see it yet.
    case complete
    /// The one that readers see.
    case published
    /// Readers saw it until another one was published in its place.
    case superseded
    /// Given up: stopped by a finding, or its inputs moved before it was complete.
    case void

    package var description: String { rawValue }
}
