import Digests
import TextFiles

/// One report of one member or of the run while it is written: each row goes into the CSV and the JSON file at once.
package struct ReportFiles: ~Copyable {
    private let layout: ReportLayout
    private let member: String?
    private let corrects: Int32?
    private let csvEncoder: CSVRowEncoder
    private let jsonEncoder: JSONRowEncoder
    private var csv: OutputFile
    private var json: OutputFile
    private var content: SHA256Hasher
    /// Where in the CSV buffer the content begins that is not hashed yet.
    private var contentStart = 0
    private var rowCount: Int64 = 0
    private var totals: ReportTotals

    init(
        _ layout: ReportLayout, member: String?, header: RunHeader, corrects: Int32?,
        in folder: borrowing DirectoryHandle
    ) throws(FileError) {
        let content = try makeHasher()
        let csv = try OutputFile(layout.fileName(member: member, run: header.run, format: .csv), in: folder)
        let json = try OutputFile(layout.fileName(member: member, run: header.run, format: .json), in: folder)
        self.layout = layout
        self.member = member
        self.corrects = corrects
        csvEncoder = CSVRowEncoder(layout)
        jsonEncoder = JSONRowEncoder(layout)
        totals = ReportTotals(layout, member: member)
        self.content = content
        self.csv = csv
        self.json = json
        csvEncoder.appendHeader(to: &self.csv.buffer)
        jsonEncoder.appendStart(
            header: header.header(of: layout.name, member: member, corrects: corrects), to: &self.json.buffer)
    }

    /// Writes a complete row of this report's layout. Amortised O(bytes of the row).
    package mutating func write(_ row: borrowing ReportRow) throws {
        precondition(row.isComplete && row.layout.name == layout.name, "a row is complete and of the report's layout")
        try totals.add(row)
        let contentEnd = csvEncoder.append(row, to: &csv.buffer)
        if layout.contentColumnCount < layout.columns.count {
            content.update(csv.buffer, in: contentStart..<contentEnd)
            contentStart = csv.buffer.count
        }
        jsonEncoder.append(row, after: Int(rowCount), to: &json.buffer)
        rowCount += 1
        if csv.isFull { try flushCSV() }
        if json.isFull { try json.flush() }
    }

    /// Ends both files; the disk has them when this returns.
    consuming func finish(
        runNumber: Int32
    ) throws(FileError) -> (entries: [ReportFileEntry], totals: [ControlTotal]) {
        try flushCSV()
        jsonEncoder.appendEnd(to: &json.buffer)
        let layout = layout
        let member = member
        let corrects = corrects
        let rowCount = rowCount
        let totals = totals.totals()
        let names = [csv.name, json.name]
        let written = [try csv.finish(), try json.finish()]
        let content = content.finish()
        let formats: [ReportFileEntry.Format] = [.csv, .json]
        let entries = formats.indices.map { index in
            ReportFileEntry(
                report: layout.name, member: member, format: formats[index], name: names[index], runNumber: runNumber,
                rowCount: rowCount, byteCount: written[index].byteCount, sha256: written[index].digest,
                content: content, corrects: corrects)
        }
        return (entries, totals)
    }

    private mutating func flushCSV() throws(FileError) {
        content.update(csv.buffer, in: contentStart..<csv.buffer.count)
        contentStart = 0
        try csv.flush()
    }
}

extension ReportLayout {
    /// `<report>.<date>.<member>.<cycle>.r<run>.<format>`; a report of the run has no member part.
    func fileName(member: String?, run: RunIdentity, format: ReportFileEntry.Format) -> String {
        let memberPart = member.map { "\($0)." } ?? ""
        return "\(name).\(run.businessDate).\(memberPart)\(run.cycle).\(run.runName).\(format.rawValue)"
    }
}
