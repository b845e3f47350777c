import Digests
import TextFiles

/// One report of one member or of the run while it is written: each row goes into the CSV and the JSON file at once.
///
/// Rows are spelled here; `FileWriters` write, hash and synchronize them on other threads.
package struct ReportFiles: ~Copyable {
    private let layout: ReportLayout
    private let member: String?
    private let corrects: Int32?
    private let csvEncoder: CSVRowEncoder
    private let jsonEncoder: JSONRowEncoder
    private let csv: BackgroundFile
    private let json: BackgroundFile
    /// Bytes that are not handed over yet.
    private var csvBuffer: [UInt8]
    private var jsonBuffer: [UInt8]
    /// Where each cell of the row ends in the CSV.
    private var ends: [Int] = []
    /// Takes in the content where it is not all of the CSV, whose own digest is the content's otherwise.
    private var content: SHA256Hasher
    private let hasRunColumns: Bool
    private var rowCount: Int64 = 0
    private var totals: ReportTotals

    init(
        _ layout: ReportLayout, member: String?, header: RunHeader, corrects: Int32?,
        in folder: borrowing DirectoryHandle, _ writers: FileWriters
    ) throws(FileError) {
        var content = try makeHasher()
        var csvBuffer: [UInt8] = []
        var jsonBuffer: [UInt8] = []
        let csv = try BackgroundFile(
            layout.fileName(member: member, run: header.run, format: .csv), in: folder, writers)
        let json = try BackgroundFile(
            layout.fileName(member: member, run: header.run, format: .json), in: folder, writers)
        let csvEncoder = CSVRowEncoder(layout)
        let jsonEncoder = JSONRowEncoder(layout)
        let hasRunColumns = layout.contentColumnCount < layout.columns.count
        csvEncoder.appendHeader(to: &csvBuffer)
        if hasRunColumns { content.update(csvBuffer.span) }
        jsonEncoder.appendStart(
            header: header.header(of: layout.name, member: member, corrects: corrects), to: &jsonBuffer)
        self.layout = layout
        self.member = member
        self.corrects = corrects
        self.csvEncoder = csvEncoder
        self.jsonEncoder = jsonEncoder
        self.csv = csv
        self.json = json
        self.hasRunColumns = hasRunColumns
        totals = ReportTotals(layout, member: member)
        self.content = content
        self.csvBuffer = csvBuffer
        self.jsonBuffer = jsonBuffer
    }

    /// Writes a complete row of this report's layout. Amortised O(bytes of the row).
    package mutating func write(_ row: borrowing ReportRow) throws {
        precondition(row.isComplete && row.layout.name == layout.name, "a row is complete and of the report's layout")
        try totals.add(row)
        let start = csvBuffer.count
        csvEncoder.append(row, to: &csvBuffer, ends: &ends)
        if hasRunColumns { content.update(csvBuffer, in: start..<ends[layout.contentColumnCount - 1]) }
        jsonEncoder.append(row, spelled: csvBuffer, from: start, ends: ends, after: Int(rowCount), to: &jsonBuffer)
        rowCount += 1
        if csvBuffer.count >= OutputFile.bufferSize { Self.hand(&csvBuffer, to: csv) }
        if jsonBuffer.count >= OutputFile.bufferSize { Self.hand(&jsonBuffer, to: json) }
    }

    /// Ends both files, which other threads go on writing: `WrittenReport.entries` waits for them.
    consuming func finish() -> (written: WrittenReport, totals: [ControlTotal]) {
        jsonEncoder.appendEnd(to: &jsonBuffer)
        Self.hand(&csvBuffer, to: csv)
        Self.hand(&jsonBuffer, to: json)
        csv.finish()
        json.finish()
        let (layout, member, corrects, rowCount) = (layout, member, corrects, rowCount)
        let (csv, json, totals, hasRunColumns) = (csv, json, totals.totals(), hasRunColumns)
        let content = content.finish()
        let written = WrittenReport(
            report: layout.name, member: member, corrects: corrects, rowCount: rowCount,
            files: [(.csv, csv), (.json, json)], content: hasRunColumns ? content : nil)
        return (written, totals)
    }

    /// Hands the bytes over and begins anew with as much room.
    private static func hand(_ buffer: inout [UInt8], to file: BackgroundFile) {
        file.append(buffer)
        let room = buffer.capacity
        buffer = []
        buffer.reserveCapacity(room)
    }
}

extension ReportLayout {
    /// The name of the file of a report in a format.
    func fileName(member: String?, run: RunIdentity, format: ReportFileEntry.Format) -> String {
        run.fileName(of: name, member: member, format)
    }
}

extension RunIdentity {
    /// `<report>.<date>.<member>.<cycle>.r<run>.<format>`; what is of the run has no member part.
    func fileName(of report: String, member: String?, _ format: ReportFileEntry.Format) -> String {
        let memberPart = member.map { "\($0)." } ?? ""
        return "\(report).\(businessDate).\(memberPart)\(cycle).\(runName).\(format.rawValue)"
    }
}
