/// The unit of a combined commodity's published array values: 10^-decimals of the margin currency
/// (docs/methodology.md §1.4).
///
/// How many decimals a commodity has is a parameter, `array_decimals`, or those of its currency's minor unit; its
/// arrays, portfolio arrays and losses carry the number with them. What the number may be is said here and in the
/// database's `margin.array_decimals`, which a test holds to it.
package enum ArrayUnit {
    /// What a house may publish.
    package static let decimals = 0...8
    /// What a published report or a SPAN file is read with.
    package static let decimalsRead = decimals
}
