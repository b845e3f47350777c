/// How a tail of the loss vector becomes an expected shortfall, and where its value at risk lies
/// (docs/methodology.md §7).
package enum TailConvention: String, CaseIterable, Sendable {
    /// Value at risk L_⌈m⌉; expected shortfall over exactly m scenarios, the last of them in part.
    case fractional
    /// Value at risk L_⌈m⌉; expected shortfall the mean of the ⌈m⌉ worst.
    case whole
    /// Value at risk between neighbouring gains at rank (i − ½)/N, at least 0; expected shortfall as fractional.
    case interpolated
}
