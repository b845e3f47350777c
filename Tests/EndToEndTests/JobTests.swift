import Foundation
import Postgres
import Testing

/// The scripts, units, completions and man pages that schedulers and people hold in their hands.
@Suite struct JobTests {
    /// Runs a program of the system to its end.
    private static func shell(_ arguments: [String], environment: [String: String]? = nil) throws -> Ended {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        if let environment { process.environment = environment }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Ended(
            code: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }

    private static func has(_ program: String) -> Bool {
        (try? shell(["bash", "-c", "command -v \(program)"]).code) == 0
    }

    private func scheduled(_ desk: Desk, _ file: String) -> ([String], [String: String]) {
        (
            [Desk.repository + "/jobs/scheduled.sh", file, "--quiet"],
            desk.environment([
                "MARGIN": Desk.products + "/margin", "MARGIN_LOCKS": desk.folder, "MARGIN_TRIES": "2",
                "MARGIN_PAUSE": "0",
            ])
        )
    }

    @Test func `a scheduler that fires twice, during the night and after it, makes one run and ends with 0`()
        async throws
    {
        let desk = try await Desk()
        let file = try desk.write("business-date", "2018-12-31")
        let (arguments, environment) = scheduled(desk, file)
        async let first = Self.shell(arguments, environment: environment)
        async let second = Self.shell(arguments, environment: environment)
        let both = try await [first, second]
        #expect(both.map(\.code) == [0, 0], "\(both.map(\.errors))")
        let after = try Self.shell(arguments, environment: environment)
        #expect(after.code == 0, "\(after.errors)")
        #expect(after.output == "the night of 2018-12-31 is done, nothing to do\n")
        #expect(try desk.number("select count(*) from margin.run where status = 'published'") == 1)
        #expect(try desk.number("select count(*) from margin.execution") == 6)
        try await desk.close()
    }

    @Test func `a scheduled night tries 75 again, ends with its code, and keeps the date for the next start`()
        async throws
    {
        let desk = try await Desk()
        let other = try desk.connect()
        try other.script("begin; lock table margin.margin_call in access exclusive mode")
        let file = try desk.write("business-date", "2018-12-31")
        var (arguments, environment) = scheduled(desk, file)
        environment["MARGIN_LOCK_TIMEOUT"] = "1"
        let busy = try Self.shell(arguments, environment: environment)
        #expect(busy.code == 75, "\(busy.errors)")
        #expect(busy.errors.contains("the night of 2018-12-31 ended with 75"))
        let tries = "select count(*) from margin.execution where stage = 'calls' and status = 'failed'"
        #expect(try desk.number(tries) == 2)
        try other.script("rollback")
        #expect(try Self.shell(arguments, environment: environment).code == 0)
        arguments[1] = desk.folder + "/never"
        #expect(try Self.shell(arguments, environment: environment).code == 66)
        try await desk.close()
    }

    @Test(.enabled(if: JobTests.has("systemd-analyze"), "systemd-analyze is not installed"))
    func `systemd accepts the units`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/units-\(getpid())"
        try FileManager.default.copyItem(atPath: Desk.repository + "/jobs/systemd", toPath: folder)
        let service = folder + "/margin-end-of-day.service"
        // The program must be there for the check: here it is the script of this checkout, with a user that exists.
        let text = try String(contentsOfFile: service, encoding: .utf8)
            .replacing("/opt/margin/jobs", with: Desk.repository + "/jobs").replacing("margin-operator", with: "root")
        try text.write(toFile: service, atomically: true, encoding: .utf8)
        let checked = try Self.shell([
            "systemd-analyze", "verify", "--man=no", service, folder + "/margin-end-of-day.timer",
        ])
        let ours = (checked.output + checked.errors).split(separator: "\n").filter { $0.contains("margin-end-of-day") }
        #expect(checked.code == 0, "\(checked.errors)")
        #expect(ours == [])
        let timer = try String(contentsOfFile: folder + "/margin-end-of-day.timer", encoding: .utf8)
        let calendar = try #require(timer.firstMatch(of: /(?m)^OnCalendar=(.*)$/)).output.1
        #expect(calendar.hasSuffix(" Europe/Paris"))
        #expect(try Self.shell(["systemd-analyze", "calendar", String(calendar)]).code == 0)
        #expect(timer.contains("Persistent=true"))
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func `install puts programs, jobs, completions and man pages in their places, and man reads them`() throws {
        let prefix = FileManager.default.temporaryDirectory.path + "/prefix-\(getpid())"
        let installed = try Self.shell([Desk.repository + "/jobs/install.sh", Desk.products, prefix])
        #expect(installed.code == 0, "\(installed.errors)")
        let programs = ["margin"] + NightTests.stages.map { "margin-\($0)" }
        for program in programs {
            #expect(FileManager.default.isExecutableFile(atPath: "\(prefix)/bin/\(program)"))
            let bash = "\(prefix)/share/bash-completion/completions/\(program)"
            #expect(try Self.shell(["bash", "-n", bash]).code == 0)
            #expect(try String(contentsOfFile: bash, encoding: .utf8).contains("complete -o filenames -F"))
            for other in ["zsh/site-functions/_\(program)", "fish/vendor_completions.d/\(program).fish"] {
                #expect(try String(contentsOfFile: "\(prefix)/share/\(other)", encoding: .utf8).contains(program))
            }
        }
        #expect(try Self.shell(["\(prefix)/bin/margin", "--version"]).code == 0)
        let pages = try FileManager.default.contentsOfDirectory(atPath: "\(prefix)/share/man/man1").sorted()
        #expect(Set(pages).isSuperset(of: programs.map { "\($0).1" } + ["margin-run.1", "margin-status.1"]))
        for page in pages where Self.has("groff") {
            let path = "\(prefix)/share/man/man1/\(page)"
            // -ww: groff says of every macro and character it does not know.
            let read = try Self.shell(["groff", "-mandoc", "-Tutf8", "-ww", "-z", path])
            #expect(read.code == 0 && read.errors.isEmpty, "\(page): \(read.errors)")
        }
        let run = try String(contentsOfFile: "\(prefix)/share/man/man1/margin-run.1", encoding: .utf8)
        for option in ["business-date", "cycle", "threads", "reports", "metrics", "quiet"] {
            #expect(run.contains(".It Fl \"-\(option)\""), "\(option)")
        }
        try FileManager.default.removeItem(atPath: prefix)
    }
}
