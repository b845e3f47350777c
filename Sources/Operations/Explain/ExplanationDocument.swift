import ClearingModel
import EndOfDay
import Postgres
import Quantities
import Runtime
import Storage

/// The figures behind a call or a series' array as one document: the rows of the queries that the text walks through,
/// by the names of their columns, and the bounds that changed a figure.
///
/// Decimals are texts, so that no reader rounds them.
package struct ExplanationDocument: Encodable {
    /// One value of a row.
    package enum Cell: Encodable {
        case text(String), integer(Int64), flag(Bool), texts([String]), integers([Int64]), nothing

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .integer(let value): try container.encode(value)
            case .flag(let value): try container.encode(value)
            case .texts(let value): try container.encode(value)
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
    private(set) var rows: [String: [[String: Cell]]]

    /// - Throws: `Failure` 66 if the run has no call of the account.
    package static func account(
        _ account: String, in context: RunContext, from connection: Connection
    ) throws -> ExplanationDocument {
        let parts: [(String, Query)] = [
            ("call", .explainCall), ("add_ons", .explainAddOns), ("variation_margin", .explainVariationMargin),
            ("unpaid_variation_margin", .explainUnpaidVariationMargin), ("collateral", .explainCollateral),
            ("requirements", .explainRequirements),
            ("currencies", .explainCurrencies), ("components", .explainComponents), ("account", .explainAccount),
            ("risk_lines", .explainRiskLines), ("spreads", .explainSpreads),
            ("delivery_months", .explainDeliveryMonths), ("option_values", .explainOptionValues),
            ("simulations", .explainSimulations), ("component_shortfalls", .explainComponentShortfalls),
        ]
        var document = try document(
            account, parts, context, connection, missing: "has no call of account \(account)")
        document.rows["bounds"] = try AccountBound.all([.int64(context.run), .text(account)], from: connection)
            .map(\.cells)
        return document
    }

    /// - Throws: `Failure` 66 if the run has no array of the series.
    package static func series(
        _ series: String, in context: RunContext, from connection: Connection
    ) throws -> ExplanationDocument {
        try document(
            series, [("array", .explainSeries)], context, connection, missing: "has no array of series \(series)")
    }

    private static func document(
        _ subject: String, _ parts: [(String, Query)], _ context: RunContext, _ connection: Connection, missing: String
    ) throws -> ExplanationDocument {
        var rows: [String: [[String: Cell]]] = [:]
        for (name, query) in parts {
            rows[name] = try connection.rows(query, [.int64(context.run), .text(subject)]).map(cells)
            if name == parts[0].0, rows[name]?.isEmpty == true {
                throw Failure(
                    .inputMissing, "\(context.title) \(missing)",
                    hint: context.line(.status))
            }
        }
        return ExplanationDocument(
            businessDate: "\(context.businessDate)", cycle: context.cycle, run: context.number,
            parameterSet: context.parameterSet.text, subject: subject, rows: rows)
    }

    fileprivate static func text(_ amount: ExactDecimal) -> Cell { .text(amount.description) }

    private static func cells(_ row: Row) throws -> [String: Cell] {
        var cells: [String: Cell] = [:]
        for name in row.columnNames { cells[name] = try cell(row, Row.Column(name)) }
        return cells
    }

    private static func cell(_ row: Row, _ column: Row.Column) throws -> Cell {
        if try row.isNull(column) { return .nothing }
        switch try row.columnType(column) {
        case .bool: return .flag(try row.bool(column))
        case .int16, .int32, .int64: return .integer(try row.integerOrNull(column) ?? 0)
        case .numeric:
            let number = try row.numeric(column)
            return .text(ExactDecimal(mantissa: number.unscaled, scale: number.scale).text(decimals: number.scale))
        case .double: return .text("\(try row.doubleOrNull(column) ?? 0)")
        case .date: return .text("\(BusinessDate(dayNumber: try row.date(column)))")
        case .textArray: return .texts(try row.textArrayOrNull(column) ?? [])
        case .int64Array: return .integers(try row.int64Array(column))
        default: return .text(try row.text(column))
        }
    }
}

extension AccountBound {
    fileprivate var cells: [String: ExplanationDocument.Cell] {
        [
            "owner": .text(owner), "item": .text(item), "line": .text(line), "bound": .text(kind.rawValue),
            "before": ExplanationDocument.text(before), "after": ExplanationDocument.text(after),
        ]
    }
}
