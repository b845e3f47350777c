import TextFiles

/// A report of a calibration or a backtest as one JSON document in the shape of a night's: a header, the columns once,
/// rows as arrays of a cell a column. Ends with a line feed.
struct StudyDocument {
    let header: [String: JSONValue]
    let columns: [String]
    let rows: [[JSONValue]]

    var bytes: [UInt8] {
        var bytes = Array("{\"header\":".utf8)
        JSONValue.object(header).append(to: &bytes)
        bytes.append(contentsOf: ",\"columns\":".utf8)
        JSONValue.array(columns.map { .text($0) }).append(to: &bytes)
        bytes.append(contentsOf: ",\"rows\":".utf8)
        JSONValue.array(rows.map { .array($0) }).append(to: &bytes)
        return bytes + Array("}\n".utf8)
    }
}
