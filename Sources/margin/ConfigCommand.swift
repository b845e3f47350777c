import ArgumentParser
import Commands
import Runtime
import TextFiles

/// `margin config`: the settings that hold, and where each comes from.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print the settings that hold, and with --origin where each comes from.",
        discussion: "A flag wins over its MARGIN_ variable, that over the settings file, that over the default.")

    @Flag(help: "Say where each value comes from: flag, variable, file or default.")
    var origin = false

    @Flag(help: "Print one JSON document.")
    var json = false

    @Option(help: "As for margin run.")
    var reports: String?

    @Option(help: "As for margin run.")
    var threads: Int?

    @Option(help: "As for margin run.")
    var metrics: String?

    /// One setting as it is printed.
    private struct Line: Encodable {
        let setting: String
        let value: String
        let origin: String
        let variable: String
    }

    func run() async throws {
        try await reportingFailures {
            let flags: [Setting: String] = [.reports: reports, .threads: threads.map(String.init), .metrics: metrics]
                .compactMapValues { $0 }
            let settings = Settings.current
            let lines = Setting.allCases.map { setting in
                Line(
                    setting: setting.rawValue, value: flags[setting] ?? settings.value(setting),
                    origin: flags[setting] == nil ? settings.origin(setting).rawValue : SettingOrigin.flag.rawValue,
                    variable: setting.variable)
            }
            if json {
                print(try JSONText.document(lines))
                return
            }
            print("# settings file: \(settings.file ?? "none")")
            for line in lines { print("\(line.setting) = \(line.value)" + (origin ? "  # \(words(line))" : "")) }
        }
    }

    private func words(_ line: Line) -> String {
        switch line.origin {
        case SettingOrigin.flag.rawValue: "flag --\(line.setting)"
        case SettingOrigin.variable.rawValue: "variable \(line.variable)"
        case SettingOrigin.file.rawValue: "file \(Settings.current.file ?? "")"
        default: "default"
        }
    }
}
