import Quantities

/// Why a message cannot be written: what its schema demands and the night does not have, or what has no room in it.
/// Nothing is cut, rounded or made up instead.
package enum MessageRefusal: Error, Equatable, CustomStringConvertible {
    /// A mandatory identification stands in no row; `column` is where it would.
    case identificationMissing(of: String, column: String)
    /// What stands there is no identification of the kind.
    case identificationUnreadable(of: String, column: String, value: String)
    /// A text is longer than its element takes.
    case textTooLong(element: String, value: String, limit: Int)
    /// An amount has more decimals than its element takes, zeros at the end not counted.
    case tooManyDecimals(element: String, value: String, limit: Int)
    /// An amount has more digits than its element takes.
    case tooManyDigits(element: String, value: String, limit: Int)
    /// An amount below zero where the element has no sign.
    case negative(element: String, value: String)
    /// An account was called in another currency before: its figures cannot be compared.
    case currencyChanged(account: String, from: CurrencyCode, to: CurrencyCode)
    /// A mandatory element has nothing to say; `what` is what the night does not have.
    case nothingToSay(element: String, what: String)

    package var description: String {
        switch self {
        case .identificationMissing(let of, let column): "\(of) has no identification: \(column) is empty"
        case .identificationUnreadable(let of, let column, let value):
            "\(of): \(column) \(value) is no legal entity identifier, its check digits are wrong"
        case .textTooLong(let element, let value, let limit):
            "\(element): \(value) is longer than the \(limit) characters that the message takes"
        case .tooManyDecimals(let element, let value, let limit):
            "\(element): \(value) has more than the \(limit) decimals that the message takes"
        case .tooManyDigits(let element, let value, let limit):
            "\(element): \(value) has more than the \(limit) digits that the message takes"
        case .negative(let element, let value): "\(element): \(value) is below zero, and the message takes no sign"
        case .currencyChanged(let account, let from, let to):
            "account \(account) was called in \(from) before and is in \(to) now: there is no rise to tell"
        case .nothingToSay(let element, let what): "\(element) is mandatory, and there is no \(what)"
        }
    }
}
