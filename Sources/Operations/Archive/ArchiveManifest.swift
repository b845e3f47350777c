import Digests
import Reporting
import Runtime
import TextFiles

/// What an archive's folder holds: `manifest.json` in it. Equal rows give equal bytes.
struct ArchiveManifest: Codable {
    struct File: Codable {
        let table: String
        let file: String
        let columns: [String]
        let rows: Int64
        let bytes: Int64
        /// 64 hexadecimal digits.
        let sha256: String
    }

    /// Business dates, as `2018-12-31`.
    let runsBefore: String
    let inputsBefore: String
    /// The last migration of the database it was taken from.
    let schema: String
    let files: [File]

    var rows: Int64 { files.reduce(0) { $0 + $1.rows } }

    /// The manifest of the folder at a path, with its digest.
    /// - Throws: `Failure` 66 where there is none, 65 where it cannot be read.
    static func read(at folder: String) throws -> (manifest: ArchiveManifest, digest: SHA256Digest) {
        var bytes: [UInt8] = []
        let digest: SHA256Digest
        do {
            digest = try ArchiveFolder.read(ArchiveFolder.manifestName, at: folder) { bytes += $0 }
        } catch {
            throw Failure(
                .inputMissing, "\(folder) holds no archive: \(Failure(error).message)",
                hint: "name the folder of an archive")
        }
        guard let manifest = try? JSONText.read(ArchiveManifest.self, from: bytes) else {
            throw Failure(
                .inputRejected, "\(folder)/\(ArchiveFolder.manifestName) is no manifest of an archive",
                hint: "name the folder of an archive")
        }
        return (manifest, digest)
    }
}
