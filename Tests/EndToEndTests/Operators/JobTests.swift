import Foundation
import Postgres
import TestSupport
import Testing

/// The scripts, units, completions and man pages that schedulers and people hold in their hands.
@Suite struct JobTests {
    /// Runs a program of the system to its end.
    static func shell(_ arguments: [String], environment: [String: String]? = nil) throws -> Ended {
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

    static func has(_ program: String) -> Bool {
        (try? shell(["bash", "-c", "command -v \(program)"]).code) == 0
    }

    /// A house in which no business date follows the second one for a lifetime.
    private static func deskWithTime() async throws -> Installation {
        try await Installation.editing { try $0.replace("calendar_date", "2019-01-02,true,", with: "2099-01-01,true,") }
    }

    private func scheduled(_ installation: Installation, _ file: String) -> ([String], [String: String]) {
        (
            [Checkout.root + "/jobs/scheduled.sh", file, "--quiet"],
            installation.environment([
                "MARGIN": Checkout.products + "/margin", "MARGIN_LOCKS": installation.folder, "MARGIN_TRIES": "2",
                "MARGIN_PAUSE": "0",
            ])
        )
    }

    @Test func `a scheduler that fires twice, during the night and after it, makes one run and ends with 0`()
        async throws
    {
        let installation = try await Self.deskWithTime()
        let file = try installation.write("business-date", "2018-12-31")
        let (arguments, environment) = scheduled(installation, file)
        async let first = Self.shell(arguments, environment: environment)
        async let second = Self.shell(arguments, environment: environment)
        let both = try await [first, second]
        #expect(both.map(\.code) == [0, 0], "\(both.map(\.errors))")
        let after = try Self.shell(arguments, environment: environment)
        #expect(after.code == 0, "\(after.errors)")
        #expect(
            after.output
                == "the night of 2018-12-31 is computed; the feed of 2099-01-01 is due at 2099-01-01T00:00:00Z: "
                + "nothing to do\n")
        #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 1)
        #expect(try installation.number("select count(*) from margin.execution") == 8)
        try await installation.close()
    }

    @Test func `a scheduled night tries 75 again, ends with its code, and keeps the date for the next start`()
        async throws
    {
        let installation = try await Installation()
        let other = try installation.connect()
        try other.script("begin; lock table margin.margin_call in access exclusive mode")
        let file = try installation.write("business-date", "2018-12-31")
        var (arguments, environment) = scheduled(installation, file)
        environment["MARGIN_LOCK_TIMEOUT"] = "1"
        let busy = try Self.shell(arguments, environment: environment)
        #expect(busy.code == 75, "\(busy.errors)")
        #expect(busy.errors.contains("the night of 2018-12-31 ended with 75"))
        let tries = "select count(*) from margin.execution where stage = 'calls' and status = 'failed'"
        #expect(try installation.number(tries) == 2)
        try other.script("rollback")
        #expect(try Self.shell(arguments, environment: environment).code == 0)
        arguments[1] = installation.folder + "/never"
        #expect(try Self.shell(arguments, environment: environment).code == 66)
        try await installation.close()
    }

    @Test func `from the second evening on a feed that has named no date is 66, until it does`() async throws {
        let installation = try await Installation()
        let file = installation.folder + "/business-date"
        let (arguments, environment) = scheduled(installation, file)
        let first = try Self.shell(arguments, environment: environment)
        #expect(first.code == 66)
        #expect(first.errors.contains("no night has been computed yet"), "\(first.errors)")
        _ = try installation.write("business-date", "2018-12-31")
        #expect(try Self.shell(arguments, environment: environment).code == 0)
        #expect(!FileManager.default.fileExists(atPath: file))
        // 2 January 2019 is long over, and so is the deadline of any zone.
        for settings in [[:], ["MARGIN_FEED_DUE": "18:30 America/Los_Angeles"]] {
            let second = try Self.shell(arguments, environment: environment.merging(settings) { $1 })
            #expect(second.code == 66)
            #expect(second.errors.contains("the night of 2019-01-02 is not computed"), "\(second.errors)")
            #expect(second.output.isEmpty, "\(second.output)")
        }
        _ = try installation.write("business-date", "")
        #expect(try Self.shell(arguments, environment: environment).code == 66, "a file that is being written")
        try await installation.close()
    }

    @Test func `a date may come with what other systems put around it, and nothing else is taken for one`() async throws
    {
        let installation = try await Self.deskWithTime()
        for text in ["\u{FEFF}2018-12-31\r\n", "  2018-12-31 \t\n\n", "2018-12-31"] {
            let file = installation.folder + "/business-date"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let (arguments, environment) = scheduled(installation, file)
            let ended = try Self.shell(arguments, environment: environment)
            #expect(ended.code == 0, "\(ended.errors)")
        }
        for text in ["2018-12-31x", "31.12.2018", "../../etc", "2018-12-31 2019-01-02"] {
            let (arguments, environment) = scheduled(installation, try installation.write("business-date", text))
            let ended = try Self.shell(arguments, environment: environment)
            #expect(ended.code == 65, "\(text): \(ended.errors)")
            #expect(ended.errors.contains("business-date does not hold a business date: "), "\(ended.errors)")
        }
        #expect(try installation.number("select count(*) from margin.run") == 1)
        try await installation.close()
    }

    @Test func `a program that is not there is 78, a pipe or folder in place of the date file 65`() async throws {
        let installation = try await Installation()
        let file = installation.folder + "/business-date"
        var (arguments, environment) = scheduled(installation, file)
        for (maker, kind) in ["mkfifo \(file)": "a pipe", "mkdir \(file)": "a folder"] {
            #expect(try Self.shell(["bash", "-c", maker]).code == 0)
            let ended = try Self.shell(["timeout", "20"] + arguments, environment: environment)
            #expect(ended.code == 65 && ended.errors.contains("\(file) is \(kind), and no file"), "\(ended.errors)")
            try FileManager.default.removeItem(atPath: file)
        }
        environment["MARGIN"] = "/nonexistent"
        for words in [arguments, [Checkout.root + "/jobs/end-of-day.sh", "2018-12-31"]] {
            let ended = try Self.shell(words, environment: environment)
            #expect(
                ended.code == 78 && ended.errors.contains("not there, or not executable: /nonexistent\nhint: name it"))
        }
        arguments[1] = try installation.write("business-date", "2018-12-31")
        #expect(try Self.shell(arguments, environment: environment).code == 78)
        try await installation.close()
    }

    @Test func `a date that the feed names while a night runs is kept for the next start`() async throws {
        let installation = try await Installation(house: nil)
        let file = try installation.write("business-date", "2018-12-31")
        let program = try installation.write("program", "#!/bin/sh", "echo 2019-01-02 >\(file)")
        #expect(try Self.shell(["chmod", "+x", program]).code == 0)
        var (arguments, environment) = scheduled(installation, file)
        environment["MARGIN"] = program
        let ended = try Self.shell(arguments, environment: environment)
        #expect(ended.code == 0, "\(ended.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "2019-01-02\n")
        #expect(!FileManager.default.fileExists(atPath: file + ".done"))
        try await installation.close()
    }

    @Test func `a lock file that is not one's own is 77 and named, and no folder for it 73`() async throws {
        let installation = try await Installation()
        let locks = installation.folder + "/locks"
        try FileManager.default.createDirectory(
            atPath: locks, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o1777])
        let lock = locks + "/margin-scheduled-\(getuid()).lock"
        var (arguments, environment) = scheduled(installation, try installation.write("business-date", "2018-12-31"))
        environment["MARGIN_LOCKS"] = locks
        var makers = ["ln -s /etc/passwd \(lock)": "a link", "mkfifo \(lock)": "a pipe"]
        if getuid() == 0 { makers["runuser -u nobody -- touch \(lock)"] = "" }
        for (maker, kind) in makers {
            #expect(try Self.shell(["bash", "-c", maker]).code == 0)
            let ended = try Self.shell(["timeout", "20"] + arguments, environment: environment)
            #expect(ended.code == 77, "\(maker): \(ended.errors)")
            let said =
                kind.isEmpty
                ? "the lock file is not a file of your own: \(lock) of "
                : "the lock file is not a file: \(kind) of your own stands at \(lock)\nhint: remove it: rm -r \(lock)\n"
            #expect(ended.errors.contains(said), "\(ended.errors)")
            #expect(ended.output.isEmpty)
            try FileManager.default.removeItem(atPath: lock)
        }
        environment["MARGIN_LOCKS"] = installation.folder + "/none"
        #expect(try Self.shell(arguments, environment: environment).code == 73)
        arguments[0] = Checkout.root + "/jobs/end-of-day.sh"
        arguments[1] = "2018-12-31"
        #expect(try Self.shell(arguments, environment: environment).code == 73)
        try await installation.close()
    }

    @Test func `a night under way is 0 for its first hours, then 75, and 75 where nobody knows whose it is`()
        async throws
    {
        let installation = try await Installation()
        let (arguments, environment) = scheduled(installation, try installation.write("business-date", "2018-12-31"))
        let lock = installation.folder + "/margin-scheduled-\(getuid()).lock"
        for (age, holder, settings, code, says) in [
            (20_000, "$BASHPID", [:], Int32(0), "a night is under way on this machine since "),
            (22_000, "$BASHPID", [:], 75, ": longer than 21600 s"),
            (22_000, "$BASHPID", ["MARGIN_UNDER_WAY_LIMIT": "30000"], 0, "nothing to do"),
            (10, "999999999", [:], 75, "its file names no process of yours that lives"),
        ] as [(Int, String, [String: String], Int32, String)] {
            let script = """
                exec 9<>\(lock); flock 9; echo "\(holder) $(($(date +%s) - \(age)))" >\(lock); echo held; exec sleep 60
                """
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = ["-c", script]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
            let ended = try Self.shell(arguments, environment: environment.merging(settings) { $1 })
            #expect(ended.code == code, "\(ended.errors)")
            #expect((ended.output + ended.errors).contains(says), "\(ended.output)\(ended.errors)")
            process.terminate()
            process.waitUntilExit()
        }
        #expect(
            try Self.shell(arguments, environment: environment).code == 0, "the lock is given back by its holder's end")
        try await installation.close()
    }

    @Test(.enabled(if: JobTests.has("systemd-analyze"), "systemd-analyze is not installed"))
    func `systemd accepts the units`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/units-\(getpid())"
        try FileManager.default.copyItem(atPath: Checkout.root + "/jobs/systemd", toPath: folder)
        let service = folder + "/margin-end-of-day.service"
        // The program must be there for the check: here it is the script of this checkout, with a user that exists.
        let text = try String(contentsOfFile: service, encoding: .utf8)
            .replacing("/opt/margin/jobs", with: Checkout.root + "/jobs").replacing("margin-operator", with: "root")
        try text.write(toFile: service, atomically: true, encoding: .utf8)
        let checked = try Self.shell([
            "systemd-analyze", "verify", "--man=no", service, folder + "/margin-end-of-day.timer",
        ])
        let ours = (checked.output + checked.errors).split(separator: "\n").filter { $0.contains("margin-end-of-day") }
        #expect(checked.code == 0, "\(checked.errors)")
        #expect(ours == [])
        let timer = try String(contentsOfFile: folder + "/margin-end-of-day.timer", encoding: .utf8)
        let calendar = try #require(timer.firstMatch(of: /(?m)^OnCalendar=(.*)$/)).output.1
        #expect(calendar == "*:0/10", "at any hour of any day: neither zone nor clock change stands in it")
        #expect(try Self.shell(["systemd-analyze", "calendar", String(calendar)]).code == 0)
        #expect(timer.contains("Persistent=true"))
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func `install puts programs, jobs, completions and man pages in their places, and man reads them`() throws {
        let prefix = FileManager.default.temporaryDirectory.path + "/prefix-\(getpid())"
        let installed = try Self.shell([Checkout.root + "/jobs/install.sh", Checkout.products, prefix])
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
        #expect(FileManager.default.fileExists(atPath: "\(prefix)/share/doc/margin/tables/margin-call.json"))
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
