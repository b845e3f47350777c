import Quantities
import TextFiles

/// The run that a published file is of.
package struct PublishedRun: Hashable, Sendable, CustomStringConvertible {
    package let businessDate: BusinessDate
    /// `EOD` or `ITD`.
    package let cycle: String
    /// 1 or more; nil where the layout does not say.
    package let runNumber: Int?

    package init(businessDate: BusinessDate, cycle: String, runNumber: Int?) {
        self.businessDate = businessDate
        self.cycle = cycle
        self.runNumber = runNumber
    }

    /// `2018-12-31 EOD run 1`.
    package var description: String {
        "\(businessDate) \(cycle)" + (runNumber.map { " run \($0)" } ?? "")
    }
}

/// One JSON document of docs/schemas: its header, and its rows as objects by the names of the columns.
struct PublishedReport {
    let path: String
    let run: PublishedRun
    let parameterSet: String
    let rows: [JSONValue]

    /// - Throws: `ReplicationError`: missing for a file that cannot be read; rejected for one that is no document of
    ///   `report`.
    ///
    /// `listedBy` is the run whose manifest lists the file, whichever run issued it.
    init(path: String, report: String, listedBy lister: PublishedRun? = nil) throws(ReplicationError) {
        let bytes = try contents(of: path)
        let document: JSONValue
        do {
            document = try JSONValue(bytes)
        } catch {
            throw .rejected("\(path) is no JSON", hint: otherFormat(of: path, "json"))
        }
        guard case .object = document else { throw .rejected("\(path) is no JSON object") }
        guard let header = document["header"], case .object = header, let rows = document.reportRows,
            let name = header["report"]?.text
        else { throw .rejected("\(path) is no report: it has no header, no columns or no rows of as many cells") }
        guard name == report else {
            throw .rejected("\(path) is the report \(name)", hint: "the report \(report) is asked for")
        }
        guard let text = header["business_date"]?.text, let date = BusinessDate(text),
            let cycle = header["cycle"]?.text, let number = header["run_number"]?.integer,
            let parameterSet = header["parameter_set"]?.text
        else { throw .rejected("\(path): the header does not name a run") }
        self.path = path
        self.rows = rows
        self.parameterSet = parameterSet
        run = lister ?? PublishedRun(businessDate: date, cycle: cycle, runNumber: number)
    }

    /// The text members of a row, by name; numbers and flags as CSV spells them.
    static func cells(_ row: JSONValue) -> [String: String] {
        row.members.compactMapValues { value in
            switch value {
            case .text(let text), .number(let text): text
            case .flag(let flag): flag ? "true" : "false"
            case .null, .array, .object: nil
            }
        }
    }
}

extension JSONValue {
    /// The elements of a member that is a list of objects and nothing else.
    func objects(_ key: String) -> [JSONValue]? {
        guard case .array(let values)? = self[key] else { return nil }
        return values.allSatisfy { if case .object = $0 { true } else { false } } ? values : nil
    }

    /// The rows of a report, each as an object; nil where a row has other than one cell a column.
    var reportRows: [JSONValue]? {
        guard case .array(let columns)? = self["columns"], case .array(let rows)? = self["rows"] else { return nil }
        let names = columns.compactMap(\.text)
        guard names.count == columns.count, Set(names).count == names.count else { return nil }
        var objects: [JSONValue] = []
        objects.reserveCapacity(rows.count)
        for row in rows {
            guard case .array(let cells) = row, cells.count == names.count else { return nil }
            objects.append(.object(Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first })))
        }
        return objects
    }
}
