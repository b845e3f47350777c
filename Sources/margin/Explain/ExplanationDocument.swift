import ClearingModel
import EndOfDay
import Operations
import Quantities
import Results

/// The figures behind a call or a series' array as one document: lists of figures under the names of the result
/// tables' columns, and the bounds that changed a figure.
///
/// Decimals are texts, so that no reader rounds them.
struct ExplanationDocument: Encodable {
    /// One figure.
    enum Cell: Encodable {
        case text(String), integer(Int64), flag(Bool), integers([Int64]), nothing

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .integer(let value): try container.encode(value)
            case .flag(let value): try container.encode(value)
            case .integers(let value): try container.encode(value)
            case .nothing: try container.encodeNil()
            }
        }
    }

    let businessDate: String
    let cycle: Cycle
    let run: Int32
    let parameterSet: String
    /// The account or series that is explained.
    let subject: String
    let rows: [String: [[String: Cell]]]

    init(_ context: RunContext, subject: String, rows: [String: [[String: Cell]]]) {
        businessDate = "\(context.businessDate)"
        cycle = context.cycle
        run = context.number
        parameterSet = context.parameterSet.text
        self.subject = subject
        self.rows = rows
    }

    init(_ explanation: AccountExplanation) {
        self.init(
            explanation.context, subject: explanation.account.text,
            rows: [
                "call": [explanation.call.cells],
                "add_ons": explanation.addOns.map(\.cells),
                "variation_margin": explanation.variationMargin.map(\.cells),
                "unpaid_variation_margin": explanation.unpaidVariationMargin.map(\.cells),
                "collateral": explanation.collateral.map(\.cells),
                "requirements": explanation.requirements.map(\.cells),
                "currencies": explanation.ownerRequirements.map(\.cells),
                "components": explanation.components.map(\.cells),
                "account": [explanation.terms].compactMap { $0?.cells },
                "risk_lines": explanation.riskLines.map(\.cells),
                "spreads": explanation.spreads.map(\.cells),
                "delivery_months": explanation.deliveryMonths.map(\.cells),
                "option_values": explanation.optionValues.map(\.cells),
                "simulations": explanation.simulatedRisks.map(\.cells),
                "component_shortfalls": explanation.componentShortfalls.map(\.cells),
                "bounds": explanation.bounds.map(\.cells),
            ])
    }

    init(_ result: SeriesArrayResult, in context: RunContext) {
        self.init(context, subject: result.array.series.text, rows: ["array": [result.cells]])
    }
}

extension ExplanationDocument.Cell {
    /// With the decimals it carries.
    static func decimal(_ value: ExactDecimal) -> Self { .text(value.text(decimals: value.scale)) }

    /// Null where there is none.
    static func decimal(_ value: ExactDecimal?) -> Self { value.map(decimal) ?? .nothing }

    /// In its shortest plain text.
    static func amount(_ value: ExactDecimal) -> Self { .text("\(value)") }

    static func delta(_ value: Delta) -> Self { decimal(value.amount) }

    static func code(_ value: some IdentifyingCode) -> Self { .text(value.text) }

    /// Empty where there is none.
    static func code(_ value: (some IdentifyingCode)?) -> Self { .text(value?.text ?? "") }

    static func currency(_ value: CurrencyCode) -> Self { .text("\(value)") }
}
