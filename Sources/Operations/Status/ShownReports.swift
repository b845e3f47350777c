import ClearingModel
import Digests
import EndOfDay
import Foundation
import Quantities
import Results
import Runtime
import Storage

/// The report files of one run, old or new: what there is, where it stands, and the bytes of one of them.
package struct ShownReports: Encodable {
    /// A report file as the database recorded it.
    package struct File: Encodable {
        package let name: String
        package let report: String
        /// Nil for a report of the whole run.
        package let member: String?
        package let format: String
        package let rows: Int64
        package let sha256: String
        /// Where it stands below the reports folder; in an earlier run's folder where it has not changed since.
        package let path: String
    }

    package let businessDate: String
    package let cycle: Cycle
    package let run: Int32
    package let status: RunStatus
    /// When a newer run was published instead, in UTC; nil where none was.
    package let supersededAt: String?
    package let folder: String
    package let files: [File]

    /// - Throws: `Failure` 66 if there is no such run, it has no reports, or they are archived.
    package static func load(
        _ date: BusinessDate, _ cycle: Cycle, number: Int32?, reports: String, from database: Database
    ) throws -> ShownReports {
        let ledger = RunLedger(database)
        let found =
            try number.map { try ledger.run(date, cycle: cycle, number: $0) }
            ?? ledger.publishedRun(date, cycle: cycle)
        guard let run = found else {
            throw Failure(
                .inputMissing,
                "there is no \(number.map { "run \($0)" } ?? "published run") of \(date) \(cycle)",
                hint: NextCommand.status.line(date, cycle))
        }
        try RunContext.refuseArchived(date, as: .inputMissing, from: database)
        let below = "\(date)/\(cycle)"
        let files = try ReportLedger(database).issuedReports(ofRun: run.id).map { file in
            // A file is called after the run that issued it and stands in its folder.
            let issuer = file.name.firstMatch(of: /\.r(\d+)\.[a-z]+$/).map { String($0.output.1) } ?? "\(run.number)"
            return File(
                name: file.name, report: file.report, member: file.member?.text, format: file.format,
                rows: file.rowCount, sha256: "\(file.sha256)", path: "\(below)/r\(issuer)/\(file.name)")
        }
        if files.isEmpty {
            throw Failure(
                .inputMissing, "run \(run.number) of \(date) \(cycle) is \(run.status) and has no reports",
                hint: NextCommand.status.line(date, cycle))
        }
        return ShownReports(
            businessDate: "\(date)", cycle: cycle, run: run.number, status: run.status,
            supersededAt: try ledger.supersededAt(run: run.id),
            folder: URL(fileURLWithPath: reports).path, files: files)
    }

    /// One line a file, those of the whole run first and then each member's below the member's code.
    package var lines: [String] {
        var lines = [
            "\(businessDate) \(cycle) run \(run) is \(status)\(supersededAt.map { " since \($0)" } ?? "")"
                + ", its reports are below \(folder)"
        ]
        var title = ""
        for file in files {
            let owner = file.member.map { "member \($0):" } ?? "the whole run:"
            if owner != title { lines.append(owner) }
            title = owner
            lines.append("  \(file.path), \(plural(file.rows, "row"))")
        }
        return lines
    }

    /// The bytes of one report, as they were issued.
    /// - Throws: `Failure` 66 if the run has no such file or it is gone, 70 if it is not what was recorded.
    package func bytes(report: String, member: String?, format: String) throws -> Data {
        guard let file = files.first(where: { $0.report == report && $0.member == member && $0.format == format })
        else { throw refusal(report, member, format) }
        let path = "\(folder)/\(file.path)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                .inputMissing, "\(path) is gone, or cannot be read",
                hint: "restore \(file.path) from the backup of the reports, its SHA-256 is \(file.sha256); or name the "
                    + "folder it is in: \(again("--reports DIR"))")
        }
        var hasher = try SHA256Hasher()
        let bytes = [UInt8](data)
        hasher.update(bytes, in: 0..<bytes.count)
        guard "\(hasher.finish())" == file.sha256 else {
            throw Failure(
                .invariantBroken, "\(path) is not the file that was issued: its SHA-256 differs",
                hint: "restore it from the backup of the reports; its SHA-256 is \(file.sha256)")
        }
        return data
    }
}

extension ShownReports {
    /// The command that lists these files, with options.
    private func again(_ options: String...) -> String {
        let date = BusinessDate(businessDate).map { NextCommand.show.line($0, cycle) }
        let standard = URL(fileURLWithPath: Settings.current.value(.reports)).path
        let isNamed = options.contains { $0.hasPrefix("--reports") }
        let elsewhere = folder == standard || isNamed ? [] : ["--reports \(folder.shellWord)"]
        return ([date ?? "margin show", "--run \(run)"] + elsewhere + options).joined(separator: " ")
    }

    /// Why there is no such file, and the command that prints one there is.
    private func refusal(_ report: String, _ member: String?, _ format: String) -> Failure {
        let members = Set(files.compactMap(\.member)).sorted()
        let list = members.prefix(12).joined(separator: ", ") + (members.count > 12 ? ", …" : "")
        let named = "--report \(report.shellWord)"
        if let member, !members.contains(member) {
            return Failure(
                .inputMissing, "run \(run) has no report of member \(member)",
                hint: members.isEmpty ? again() : "its members: \(list)")
        }
        let alike = files.filter { $0.report == report }
        guard let first = alike.first else {
            let known = Set(files.filter { $0.member == member }.map(\.report)).sorted()
            return Failure(
                .inputMissing,
                "run \(run) has no report \(report)" + (member.map { " of member \($0)" } ?? " of the whole run"),
                hint: "one of: \(known.joined(separator: ", "))")
        }
        guard alike.contains(where: { $0.member == member }) else {
            if member != nil {
                return Failure(
                    .inputMissing, "\(report) is a report of the whole run, not of a member", hint: again(named))
            }
            return Failure(
                .inputMissing, "\(report) is a report of each member, and no member is named",
                hint: again(named, "--member \(first.member ?? "")")
                    + (members.count > 1 ? "\n      members: \(list)" : ""))
        }
        let formats = Set(alike.filter { $0.member == member }.map(\.format)).sorted()
        return Failure(
            .inputMissing, "run \(run) has no report \(report) as \(format)",
            hint: again(
                named, member.map { "--member \($0)" } ?? "", "--format \(formats[0])"
            ).replacing("  ", with: " "))
    }
}
