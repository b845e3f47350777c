import Foundation
import Quantities

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

/// One JSON document of docs/schemas: its header, and its rows as they are.
struct PublishedReport {
    let path: String
    let run: PublishedRun
    let parameterSet: String
    let rows: [[String: Any]]

    /// - Throws: `ReplicationError`: missing for a file that cannot be read; rejected for one that is no document of
    ///   `report`.
    ///
    /// `listedBy` is the run whose manifest lists the file, whichever run issued it.
    init(path: String, report: String, listedBy lister: PublishedRun? = nil) throws(ReplicationError) {
        let bytes = try contents(of: path)
        let document: [String: Any]
        do {
            guard let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
                throw ReplicationError.rejected("\(path) is no JSON object")
            }
            document = object
        } catch let error as ReplicationError {
            throw error
        } catch {
            throw .rejected(
                "\(path) is no JSON",
                hint: path.hasSuffix(".csv")
                    ? "the report is there as JSON too: name \(path.dropLast(4)).json"
                    : "take it again from the run's report folder")
        }
        guard let header = document["header"] as? [String: Any], let rows = document["rows"] as? [[String: Any]],
            let name = header["report"] as? String
        else { throw .rejected("\(path) is no report: it has no header or no rows") }
        guard name == report else {
            throw .rejected("\(path) is the report \(name)", hint: "the report \(report) is asked for")
        }
        guard let text = header["business_date"] as? String, let date = BusinessDate(text),
            let cycle = header["cycle"] as? String, let number = header["run_number"] as? Int,
            let parameterSet = header["parameter_set"] as? String
        else { throw .rejected("\(path): the header does not name a run") }
        self.path = path
        self.rows = rows
        self.parameterSet = parameterSet
        run = lister ?? PublishedRun(businessDate: date, cycle: cycle, runNumber: number)
    }

    /// The text members of a row, by name; numbers and flags as CSV spells them.
    static func cells(_ row: [String: Any]) -> [String: String] {
        row.compactMapValues { value in
            if let text = value as? String { return text }
            guard let number = value as? NSNumber else { return nil }
            return unsafe String(cString: number.objCType) == "c" ? (number.boolValue ? "true" : "false") : "\(number)"
        }
    }
}
