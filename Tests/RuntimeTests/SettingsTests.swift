import Runtime
import Foundation
import TestSupport
import Testing

@Suite struct SettingsTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// The settings of a process with a settings file of this text.
    private func settings(_ text: String, _ variables: [String: String] = [:]) throws -> Settings {
        let file = try scratch.write("margin.conf", text)
        return Settings(environment: variables.merging(["MARGIN_SETTINGS": file]) { $1 })
    }

    /// Why the settings are refused: message and hint.
    private func refusal(_ text: String, _ variables: [String: String] = [:]) throws -> String? {
        let settings = try settings(text, variables)
        do throws(Failure) {
            try settings.check()
            return nil
        } catch {
            #expect(error.exitCode == .configuration)
            return error.message.replacing(scratch.path + "/", with: "") + " | " + (error.hint ?? "")
        }
    }

    @Test func `a variable wins over the file, the file over the default`() throws {
        let found = try settings(
            "# the house's own\n\n  reports =  /srv/margin = reports \ncalendar_days=7\nthreads = 3\n",
            ["MARGIN_CALENDAR_DAYS": "9", "MARGIN_DEADLINE": "20:30 Europe/Paris"])
        try found.check()
        #expect(found.value(.reports) == "/srv/margin = reports" && found.origin(.reports) == .file)
        #expect(found.number(.calendarDays) == 9 && found.origin(.calendarDays) == .variable)
        #expect(found.number(.threads) == 3 && found.origin(.threads) == .file)
        #expect(found.value(.deadline) == "20:30 Europe/Paris" && found.origin(.deadline) == .variable)
        #expect(found.value(.cluster) == ".cluster/house" && found.origin(.cluster) == .standard)
        #expect(found.file == scratch.path(of: "margin.conf"))
    }

    @Test func `lines end with LF or CR LF`() throws {
        for end in ["\n", "\r\n"] {
            let found = try settings("# ours\(end)\(end)threads = 3\(end)reports = r\(end)")
            try found.check()
            #expect(found.number(.threads) == 3 && found.value(.reports) == "r")
        }
    }

    @Test func `every default is one that would be taken`() throws {
        let found = try settings("")
        try found.check()
        for setting in Setting.allCases {
            #expect(setting.refusal(of: setting.standard) == nil, "\(setting)")
            #expect(found.value(setting) == setting.standard && found.origin(setting) == .standard)
            #expect(setting.variable == "MARGIN_" + setting.rawValue.uppercased())
        }
    }

    @Test(arguments: [
        ("colour = red\n", "margin.conf, line 1: no setting: colour"),
        ("\n# a\nreports\n", "margin.conf, line 3: no setting: reports"),
        ("= 3\n", "margin.conf, line 1: no setting: "), ("Reports = x\n", "margin.conf, line 1: no setting: Reports"),
        ("threads = 2\nthreads = 2\n", "margin.conf, line 2: threads stands twice"),
        ("threads = 0\n", "threads in margin.conf is no whole number above 0: 0"),
        ("threads = many\n", "threads in margin.conf is no whole number above 0: many"),
        ("reports =\n", "reports in margin.conf is empty: "),
        ("lock_timeout = 1000001\n", "lock_timeout in margin.conf is no whole number from 0 to 1000000: 1000001"),
        ("holder_wait = -1\n", "holder_wait in margin.conf is no whole number from 0 to 1000000: -1"),
        ("feed_due = 25:00 UTC\n", "feed_due in margin.conf is no time and zone such as 20:30 Europe/Paris: 25:00 UTC"),
    ])
    func `a file that says what it may not is refused by its line or key`(text: String, message: String) throws {
        let found = try #require(try refusal(text))
        #expect(found.hasPrefix(message + " | "))
    }

    @Test func `hints name the settings there are, or where each comes from`() throws {
        let unknown = try #require(try refusal("colour = red\n"))
        for setting in Setting.allCases { #expect(unknown.contains(setting.rawValue)) }
        #expect(try refusal("threads = 0\n")?.hasSuffix("| margin config --origin") == true)
        #expect(
            try refusal("", ["MARGIN_THREADS": ""])
                == "MARGIN_THREADS is no whole number above 0:  | margin config --origin")
        #expect(try refusal("", ["MARGIN_METRICS": "", "MARGIN_DEADLINE": ""]) == nil)
    }

    @Test func `the first fault is told, that of the file before those of variables`() throws {
        #expect(try refusal("colour = red\n", ["MARGIN_THREADS": "0"])?.hasPrefix("margin.conf, line 1") == true)
        #expect(try refusal("threads = 1\n", ["MARGIN_THREADS": "0"])?.hasPrefix("MARGIN_THREADS") == true)
        // A value that was refused is never used as a number.
        #expect(try settings("calendar_days = x\n").number(.calendarDays) == 5)
    }

    @Test func `a file that is named and not there is refused`() throws {
        let missing = Settings(environment: ["MARGIN_SETTINGS": scratch.path(of: "none.conf")])
        #expect(throws: Failure.self) { try missing.check() }
        #expect(missing.value(.reports) == "reports")
    }
}
