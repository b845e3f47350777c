import Digests
import Foundation
import Quantities
import TextFiles

/// A run's manifest as a member has it: which files the run lists, its own and those of earlier runs that say the same.
///
/// A file stands beside the manifest, or in the folder of the run that issued it beside the manifest's folder.
package struct PublishedManifest {
    /// `manifest.json`, as every run's folder has it.
    package static let name = "manifest.json"

    package let path: String
    package let run: PublishedRun
    private let files: [File]

    struct File {
        let report: String
        /// `json`, `csv` or `html`.
        let format: String
        let name: String
        let runNumber: Int
        let sha256: String
    }

    /// - Throws: `ReplicationError` for a file that is not there or is no manifest.
    package init(path: String) throws(ReplicationError) {
        let object = try? JSONValue(contents(of: path))
        guard let object, let text = object["business_date"]?.text, let date = BusinessDate(text),
            let cycle = object["cycle"]?.text, let number = object["run_number"]?.integer,
            let files = object.objects("files")
        else { throw .rejected("\(path) is no manifest of a run", hint: "take it again from the run's report folder") }
        self.path = path
        run = PublishedRun(businessDate: date, cycle: cycle, runNumber: number)
        self.files = files.compactMap { file in
            guard let format = file["format"]?.text, let report = file["report"]?.text,
                let name = file["name"]?.text, let number = file["run_number"]?.integer,
                let sha256 = file["sha256"]?.text
            else { return nil }
            return File(report: report, format: format, name: name, runNumber: number, sha256: sha256)
        }
    }

    /// The first file that is as asked.
    func file(where isAsked: (File) -> Bool) -> File? { files.first(where: isAsked) }

    /// The file of a report of the run.
    ///
    /// - Throws: `ReplicationError` where the manifest lists none, it is not there, or its bytes are others.
    package func path(of report: String) throws -> String {
        guard let file = files.first(where: { $0.report == report && $0.format == "json" }) else {
            throw ReplicationError.rejected("\(path) lists no report \(report)")
        }
        guard let found = index(of: file) else {
            throw ReplicationError.missing(
                "\(path) lists \(file.name), which is neither beside it nor in the folder r\(file.runNumber) beside "
                    + "its own")
        }
        return try verified(found, file)
    }

    /// The files of a report of members that are at hand: a member has its own only.
    package func paths(ofMembers report: String) throws -> [String] {
        try files.filter { $0.report == report && $0.format == "json" }.compactMap { file in
            try index(of: file).map { try verified($0, file) }
        }
    }

    private func index(of file: File) -> String? {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return ["\(folder)/\(file.name)", "\(folder)/../r\(file.runNumber)/\(file.name)"].first {
            FileManager.default.fileExists(atPath: $0)
        }
    }

    private func verified(_ found: String, _ file: File) throws -> String {
        let digest = try SHA256Digest(of: contents(of: found))
        guard digest.description == file.sha256 else {
            throw ReplicationError.rejected(
                "\(found) is not the file that \(path) lists: its SHA-256 is \(digest)",
                hint: "take it again from the run's report folder")
        }
        return found
    }
}
