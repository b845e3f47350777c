import Digests
import Foundation

/// A report file beside the manifest of a run: whether it is the one that was issued.
package struct CheckedReportFile: Encodable, Sendable {
    /// What was found of it.
    package enum IssueVerdict: String, Encodable, Sendable {
        /// Byte for byte what the manifest lists.
        case issued
        /// Listed under this name with other bytes.
        case changed
        /// Not what stands now: the manifest lists a file of another run in its place.
        case replaced
        /// Neither its name nor its bytes are listed.
        case unknown
    }

    package let file: String
    package let sha256: String
    package let verdict: IssueVerdict
    /// The file that the manifest lists for it; nil where it is unknown.
    package let listed: String?
    package let listedSha256: String?
    package let manifest: String
    /// What the manifest itself is to be compared by with whoever issued it.
    package let manifestSha256: String
    package let run: String

    /// Looks for the file's bytes in the manifest first, whatever its name; then for its name; then for its name in
    /// another run. Without `manifest`, it is looked for beside the file and in `current` beside the file's folder.
    ///
    /// O(bytes).
    /// - Throws: `ReplicationError` for a file or manifest that is not there, and for what is no manifest.
    package init(_ path: String, manifest named: String?) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let bytes = try contents(of: path)
        let beside = ["\(folder)/\(PublishedManifest.name)", "\(folder)/../current/\(PublishedManifest.name)"]
        guard let manifest = named ?? beside.first(where: FileManager.default.fileExists) else {
            throw ReplicationError.missing(
                "no \(PublishedManifest.name) stands beside \(path)", hint: "name the run's: --manifest FILE")
        }
        let listing = try PublishedManifest(path: manifest)
        let digest = try SHA256Digest(of: bytes).description
        let name = URL(fileURLWithPath: path).lastPathComponent
        let (equal, own) = (listing.file { $0.sha256 == digest }, listing.file { $0.name == name })
        let other = listing.file { Self.withoutRun($0.name) == Self.withoutRun(name) }
        let found = equal ?? own ?? other
        verdict = equal != nil ? .issued : own != nil ? .changed : other != nil ? .replaced : .unknown
        file = path
        sha256 = digest
        listed = found?.name
        listedSha256 = found?.sha256
        self.manifest = manifest
        manifestSha256 = try SHA256Digest(of: contents(of: manifest)).description
        run = listing.run.description
    }

    /// `margin-call.2018-12-28.M01.EOD.r2.csv` without its run.
    private static func withoutRun(_ name: String) -> [Substring] {
        name.split(separator: ".").filter { part in
            !(part.first == "r" && part.dropFirst().allSatisfy(\.isNumber) && part.count > 1)
        }
    }

    /// One line for a person, and what the manifest is known by.
    package var lines: [String] {
        let verdict =
            switch verdict {
            case .issued: "\(file) is \(listed ?? "") as it was issued, by \(run)"
            case .changed:
                "\(file) is not as it was issued: its SHA-256 is \(sha256), \(run) lists \(listedSha256 ?? "")"
            case .replaced: "\(file) no longer stands: \(run) lists \(listed ?? "") in its place"
            case .unknown: "\(file) is no file of \(run): neither its name nor its bytes are listed"
            }
        return [verdict, "\(manifest) has the SHA-256 \(manifestSha256): compare it with the house's"]
    }
}
