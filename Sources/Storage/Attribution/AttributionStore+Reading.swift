import Attribution
import ClearingModel
import Postgres
import Quantities

/// What became of an account's figure since the night before; the raw value is its name in results.
enum AttributionReason: String {
    case attributed
    /// One night alone has the figure.
    case new, gone
    /// The account is called in another currency, and nothing is attributed.
    case callCurrencyChanged = "call_currency_changed"
}

/// The night that a run has noted beside what moved its figures.
package struct AttributedNightNote: Sendable {
    /// Nil where the calendar has no business date before.
    package let businessDateBefore: BusinessDate?
    /// Number of the run attributed against; nil where none was published.
    package let runNumberBefore: Int32?
    /// Why the two nights cannot be crossed, in words; nil where they were.
    package let refusal: String?

    /// Whether figures were attributed, so that there is something to report.
    package var isAttributed: Bool { runNumberBefore != nil && refusal == nil }
}

extension AttributionStore {
    /// What a run has noted; nil where its house did not want to be told.
    package func note(ofRun run: Int64) throws -> AttributedNightNote? {
        try connection.optional(.loadAttributionNight, [.int64(run)]).map { row in
            AttributedNightNote(
                businessDateBefore: try row.dateOrNull("business_date_before").map { BusinessDate(dayNumber: $0) },
                runNumberBefore: try row.int32OrNull("run_number"), refusal: try row.textOrNull("refusal"))
        }
    }

    /// What moved an account's figures, the requirement first; none where it is called in another currency than the
    /// night before.
    /// - Throws: `UnreadableValue` for a figure or currency that is none.
    package func figures(
        of account: AccountCode, run: Int64, currencies: [Currency]
    ) throws -> (figures: [AttributedFigure], callCurrencyChanged: Bool) {
        var (figures, isOtherCurrency) = ([AttributedFigure](), false)
        for row in try connection.rows(.loadAttribution, [.int64(run), .text(account.text)]) {
            let code = try row.currency("call_currency")
            let reason: AttributionReason = try row.choice("reason")
            guard let currency = currencies.first(where: { $0.code == code }) else {
                throw UnreadableValue(column: "call_currency", value: code.description)
            }
            if reason == .callCurrencyChanged {
                isOtherCurrency = true
                continue
            }
            func units(_ column: Row.Column) throws -> Int64 {
                try row.decimal(column).minorUnits(decimals: currency.decimals)
            }
            let correction = try units("correction")
            let (yesterday, today) = (try units("yesterday"), try units("today"))
            let change =
                reason == .attributed
                ? AttributedChange(
                    yesterday: yesterday, today: today, forwardEffects: try row.effects("forward", units),
                    reverseEffects: try row.effects("reverse", units))
                : AttributedChange(
                    yesterday: reason == .new ? nil : yesterday, today: reason == .gone ? nil : today)
            figures.append(
                AttributedFigure(
                    account: account, figure: try row.choice("figure"), currency: currency,
                    reported: correction == 0 ? nil : try units("reported_yesterday"), change: change))
        }
        return (figures, isOtherCurrency)
    }
}

extension Row {
    /// One a kind, in effect order.
    fileprivate func effects(_ direction: String, _ units: (Column) throws -> Int64) throws -> [Int64] {
        try AttributedKind.allCases.map { try units(Column("\($0.rawValue)_\(direction)")) }
    }
}
