import Digests
import Quantities
import Reporting
import Runtime
import Storage
import TextFiles

/// Takes what is dated before a day out of the database into a folder, and puts it back.
package struct DateArchives {
    private let database: Database
    private let store: ArchiveStore

    package init(_ database: Database) {
        self.database = database
        store = ArchiveStore(database)
    }

    /// Exports, reads the export back and compares it with the tables, gives the folder its name, and only then removes
    /// the rows, in one transaction. A second start after a kill goes on from there. Returns lines for the operator.
    /// - Throws: `Failure` 65 for a date that cannot be archived or a folder that holds something else, 66 for a date
    ///   before which a run is unfinished, 75 where rows came in between.
    package func archive(before date: BusinessDate, to folder: String) throws -> [String] {
        let bounds = try store.bounds(before: date)
        if let standing = bounds.newest, standing.runsBefore >= date {
            return ["everything dated before \(standing.runsBefore) is archived already, in \(standing.folder)"]
        }
        let inputsBefore = try refuse(date, bounds)
        guard let (manifest, digest) = try export(before: date, inputsBefore: inputsBefore, to: folder) else {
            return ["nothing is dated before \(date)"]
        }
        Failpoint.afterRename.reached("archive")
        try database.atomically {
            let removed = try store.remove(
                runsBefore: date, inputsBefore: inputsBefore, folder: folder, manifest: digest.bytes,
                rows: manifest.rows)
            let isWhole = removed.elementsEqual(manifest.files) { $0.table == $1.table && $0.rows == $1.rows }
            guard isWhole else {
                throw Failure(
                    .tryAgain, "rows were added while they were exported; nothing was removed",
                    hint: "remove \(folder), then the same command again")
            }
            Failpoint.beforeCommit.reached("archive")
        }
        Failpoint.afterCommit.reached("archive")
        return [
            "runs dated before \(date) and inputs dated before \(inputsBefore) are archived in \(folder): "
                + "\(plural(manifest.rows, "row")) of \(manifest.files.filter { $0.rows > 0 }.count) tables",
            "inputs of \(inputsBefore) and later stay: \(date) and later need them",
            "manifest \(digest)",
        ]
    }

    /// Puts the newest archive back, in one transaction. Returns lines for the operator.
    /// - Throws: `Failure` 66 for an archive that is not the newest one, 65 for a folder whose files were changed.
    package func restore(from folder: String) throws -> [String] {
        let (manifest, digest) = try ArchiveManifest.read(at: folder)
        guard let date = BusinessDate(manifest.runsBefore) else {
            throw Failure(.inputRejected, "\(folder) has “\(manifest.runsBefore.shortened(to: 20))” for a date")
        }
        guard let standing = try store.bounds(before: date).newest else {
            return ["nothing is archived: \(folder) is back already, or is of another database"]
        }
        guard standing.manifest == digest.bytes else {
            throw Failure(
                .inputMissing, "\(folder) is not the newest archive, which was written to \(standing.folder)",
                hint: "margin archive --restore \(standing.folder)")
        }
        try requireUnchanged(manifest.files, at: folder)
        try database.atomically {
            for file in manifest.files where file.rows > 0 {
                Progress.part(file.table)
                let staged = try stage(file) { try ArchiveFolder.read($0, at: folder, $1) }
                guard staged.digest == file.sha256, try store.putBack(file.table) == file.rows else {
                    throw changed("\(folder)/\(file.file)")
                }
            }
            try store.enterRestore(of: standing.archive)
            Failpoint.beforeCommit.reached("restore")
        }
        Failpoint.afterCommit.reached("restore")
        return ["\(plural(manifest.rows, "row")) dated before \(date) are back from \(folder)"]
    }

    /// The day before which inputs may go, or why the date cannot be archived.
    private func refuse(_ date: BusinessDate, _ bounds: ArchiveStore.Bounds) throws -> BusinessDate {
        guard let newest = bounds.newestPublished, date <= newest else {
            let why = bounds.newestPublished.map { "the newest published date is \($0)" } ?? "nothing is published"
            throw Failure(
                .inputRejected, "dates before \(date) are not archived: \(why)", hint: "name a date that is published")
        }
        if let run = bounds.unfinished {
            throw Failure(
                .inputMissing, "dates before \(date) are not archived: \(run) is not published",
                hint: "publish it, or name an earlier date")
        }
        guard let inputsBefore = bounds.inputsBefore else {
            throw Failure(
                .inputRejected, "dates before \(date) are not archived: the calendar has no business day before",
                hint: "name a later date")
        }
        return inputsBefore
    }

    /// Writes the folder, or finds the equal one that a killed start has left. Nil where there is nothing to write.
    private func export(
        before date: BusinessDate, inputsBefore: BusinessDate, to path: String
    ) throws -> (ArchiveManifest, SHA256Digest)? {
        let folder = try ArchiveFolder(at: path)
        let manifest: ArchiveManifest
        do {
            manifest = try database.atomically(isSnapshot: true) {
                try write(before: date, inputsBefore: inputsBefore, into: folder)
            }
        } catch {
            try? folder.abandon()
            throw error
        }
        if manifest.rows == 0 {
            try folder.abandon()
            return nil
        }
        let text = try JSONText.document(manifest) + "\n"
        let digest = try folder.write(ArchiveFolder.manifestName) { try $0.append(Array(text.utf8)) }.digest
        guard try folder.isTaken() else {
            try folder.seal()
            return (manifest, digest)
        }
        try folder.abandon()
        try requireEqual(manifest, digest, at: path)
        return (manifest, digest)
    }

    /// Refuses a folder that is there already unless it is the very archive, file by file.
    private func requireEqual(_ manifest: ArchiveManifest, _ digest: SHA256Digest, at path: String) throws {
        guard let found = try? ArchiveManifest.read(at: path), found.digest == digest else {
            throw Failure(
                .inputRejected, "\(path) exists already and holds something else",
                hint: "name a new folder with --to; its parent must exist")
        }
        try requireUnchanged(manifest.files, at: path)
    }

    /// Refuses files with other bytes than the manifest lists, before the server is asked to read one.
    private func requireUnchanged(_ files: [ArchiveManifest.File], at path: String) throws {
        for file in files {
            guard try ArchiveFolder.read(file.file, at: path, { _ in }).description == file.sha256 else {
                throw changed("\(path)/\(file.file)")
            }
        }
    }

    /// Writes every table's file, reads it back into the server and compares it there with the table.
    private func write(
        before date: BusinessDate, inputsBefore: BusinessDate, into folder: borrowing ArchiveFolder
    ) throws -> ArchiveManifest {
        var files: [ArchiveManifest.File] = []
        for part in try store.parts(runsBefore: date, inputsBefore: inputsBefore) {
            Progress.part(part.table)
            let name = "\(part.table).csv"
            var rows: Int64 = 0
            let written = try folder.write(name) { writer in
                rows = try store.export(part) { try writer.append($0) }
            }
            Failpoint.midFile.reached("archive")
            let file = ArchiveManifest.File(
                table: part.table, file: name, columns: part.columns, rows: rows, bytes: written.byteCount,
                sha256: written.digest.description)
            let staged = try stage(file) { try folder.readBack($0, $1) }
            let differences = try store.differences(part.table, runsBefore: date, inputsBefore: inputsBefore)
            guard staged.digest == file.sha256, staged.rows == rows, differences == 0 else {
                throw Failure(
                    .cannotWriteReport, "\(name) does not read back as it was written; nothing was removed",
                    hint: "look at the disk, then the same command again")
            }
            files.append(file)
        }
        return ArchiveManifest(
            runsBefore: "\(date)", inputsBefore: "\(inputsBefore)", schema: "release \(Schema.current.release)",
            files: files
        )
    }

    /// Stages a file's rows; returns how many, and the digest of the bytes.
    private func stage(
        _ file: ArchiveManifest.File, _ read: (String, ([UInt8]) throws -> Void) throws -> SHA256Digest
    ) throws -> (rows: Int64, digest: String) {
        var digest = ""
        let rows = try store.stage(file.table, columns: file.columns) { rows in
            digest = try read(file.file) { try rows.append($0) }.description
        }
        return (rows, digest)
    }

    private func changed(_ file: String) -> Failure {
        Failure(
            .inputRejected, "\(file) is not what was archived", hint: "bring the folder back from the backup, whole")
    }
}
