import Foundation
import Reporting
import TestSupport

/// A report's columns as a Table Schema of the Data Package standard, version 2: one field a column of the CSV.
///
/// Names and kinds are the layout's, what a column means is what docs/schemas says of it. A list of decimals is its
/// first column; that the file may have more is `fieldsMatch`.
struct TableSchema {
    private let layout: ReportLayout
    private let meanings: [String]

    init(_ layout: ReportLayout) throws {
        let file = URL(filePath: Checkout.root + "/docs/schemas/\(layout.name).schema.json")
        let schema = try jsonObject(Data(contentsOf: file))
        let properties = schema["properties"] as? [String: Any]
        let rows = properties?["rows"] as? [String: Any]
        let cells = (rows?["items"] as? [String: Any])?["prefixItems"] as? [[String: Any]] ?? []
        self.layout = layout
        meanings = cells.map { $0["description"] as? String ?? "" }
    }

    static func file(of report: String) -> URL { URL(filePath: Checkout.root + "/docs/tables/\(report).json") }

    /// One field a line.
    var text: String {
        let fields = zip(layout.columns, meanings).map { column, meaning in field(column, meaning) }
        let lists = layout.columns.contains { if case .decimals = $0.kind { true } else { false } }
        return """
            {
              "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
              "missingValues": [""],
              "fieldsMatch": "\(lists ? "subset" : "exact")",
              "fields": [
                \(fields.joined(separator: ",\n    "))
              ]
            }

            """
    }

    private func field(_ column: ReportColumn, _ meaning: String) -> String {
        var (name, type, isNeverEmpty, more) = (column.name, "string", !column.isOptional, "")
        switch column.kind {
        // An empty text is an empty cell too; who a member's file is of, it always says.
        case .text: isNeverEmpty = layout.audience == .member && name == "member"
        case .integer: type = "integer"
        case .decimal: type = "number"
        case .date: type = "date"
        case .flag:
            type = "boolean"
            more = #", "trueValues": ["true"], "falseValues": ["false"]"#
        case .decimals:
            name += "_1"
            type = "number"
            isNeverEmpty = false
        case .object: type = "object"
        }
        if isNeverEmpty { more += #", "constraints": {"required": true}"# }
        return #"{"name": "\#(name)", "type": "\#(type)", "description": \#(quoted(meaning))\#(more)}"#
    }

    private func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
