import Digests
import TextFiles

/// A report whose files are filled and may still be on their way to the disk.
struct WrittenReport {
    let report: String
    let member: String?
    let corrects: Int32?
    let rowCount: Int64
    /// In the order of their formats' names, one at least.
    let files: [(format: ReportFileEntry.Format, file: BackgroundFile)]
    /// The digest of the content; nil where it is the first file's.
    let content: SHA256Digest?

    /// The files as the manifest lists them; waits until the disk has them.
    func entries(runNumber: Int32) throws(FileError) -> [ReportFileEntry] {
        var written: [(format: ReportFileEntry.Format, name: String, result: BackgroundFile.Written)] = []
        for (format, file) in files { written.append((format, file.name, try file.result())) }
        return written.map { format, name, result in
            ReportFileEntry(
                report: report, member: member, format: format, name: name, runNumber: runNumber, rowCount: rowCount,
                byteCount: result.byteCount, sha256: result.digest, content: content ?? written[0].result.digest,
                corrects: corrects)
        }
    }
}

extension WrittenReport {
    /// Hands the bytes of a page over as its one file. Its content is all of it but the run's number.
    init(
        _ page: ReportPage, run: RunIdentity, corrects: Int32?, in folder: borrowing DirectoryHandle,
        _ writers: FileWriters
    ) throws(FileError) {
        let file = try BackgroundFile(run.fileName(of: page.name, member: page.member, .html), in: folder, writers)
        var content = try makeHasher()
        content.update(page.bytes, in: 0..<page.runPart.lowerBound)
        content.update(page.bytes, in: page.runPart.upperBound..<page.bytes.count)
        file.append(page.bytes)
        file.finish()
        self.init(
            report: page.name, member: page.member, corrects: corrects, rowCount: page.rowCount, files: [(.html, file)],
            content: content.finish())
    }
}
