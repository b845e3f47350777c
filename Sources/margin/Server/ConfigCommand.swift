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

    @OptionGroup var output: OutputOptions

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
        /// Why the value cannot be taken; nil where it can.
        let refused: String?
    }

    /// The settings beside what is wrong with them.
    private struct Refused: Encodable {
        let failure: Failure
        let settings: [Line]

        private enum CodingKeys: CodingKey { case settings }

        func encode(to encoder: any Encoder) throws {
            try FailureDocument(failure).encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(settings, forKey: .settings)
        }
    }

    func run() async throws {
        try await reportingFailures(checkingSettings: false) {
            let flags: [Setting: String] = [.reports: reports, .threads: threads.map(String.init), .metrics: metrics]
                .compactMapValues { $0 }
            let settings = Settings.current
            let lines = Setting.allCases.map { setting in
                Line(
                    setting: setting.rawValue, value: flags[setting] ?? settings.value(setting),
                    origin: flags[setting] == nil ? settings.origin(setting).rawValue : SettingOrigin.flag.rawValue,
                    variable: setting.variable, refused: flags[setting] == nil ? settings.refusal(setting) : nil)
            }
            // What is wrong is named below the settings; there is nothing further to look at.
            let fault = settings.fault.map {
                Failure($0.exitCode, $0.message, hint: "mend it where it stands: the variable, or the line of the file")
            }
            if output.json {
                guard let fault else { return print(try JSONText.document(lines)) }
                throw try endingWith(fault, document: JSONText.document(Refused(failure: fault, settings: lines)))
            }
            print("# settings file: \(settings.file ?? "none")")
            for line in lines { print(text(line)) }
            if let fault { throw fault }
        }
    }

    private func text(_ line: Line) -> String {
        let notes = [line.refused.map { "refused: \($0)" }, origin ? words(line) : nil].compactMap(\.self)
        return "\(line.setting) = \(line.value)".printable
            + (notes.isEmpty ? "" : "  # \(notes.joined(separator: "; "))")
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
