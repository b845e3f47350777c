/// The side of a spread leg: all A legs are long while all B legs are short, or the reverse.
package enum SpreadSide: String, Sendable {
    case a = "A"
    case b = "B"
}
