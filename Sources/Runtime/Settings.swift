import Foundation

/// A setting of the programs: a flag wins over its variable, that over the settings file, that over the default.
package enum Setting: String, CaseIterable, Sendable {
    case reports, cluster, threads, metrics, deadline
    case feedDue = "feed_due"
    case calendarDays = "calendar_days"
    case lockTimeout = "lock_timeout"
    case statementTimeout = "statement_timeout"
    case silenceLimit = "silence_limit"
    case holderWait = "holder_wait"

    /// The environment variable that sets it.
    package var variable: String { "MARGIN_" + rawValue.uppercased() }

    /// The flag that sets it, where there is one.
    package var flag: String? {
        switch self {
        case .reports, .threads, .metrics: "--\(rawValue)"
        default: nil
        }
    }

    /// What holds where nobody says anything; empty means off.
    package var standard: String {
        switch self {
        case .reports: "reports"
        case .cluster: ".cluster/house"
        case .threads: "\(ProcessInfo.processInfo.activeProcessorCount)"
        case .metrics, .deadline, .feedDue: ""
        case .calendarDays: "5"
        case .lockTimeout: "60"
        case .statementTimeout: "0"
        case .silenceLimit: "3600"
        case .holderWait: "10"
        }
    }

    /// Why a value cannot be taken, or nil.
    package func refusal(of value: String) -> String? {
        switch self {
        case .reports, .cluster: value.isEmpty ? "is empty" : nil
        case .metrics: nil
        case .threads, .silenceLimit: (Int(value) ?? 0) > 0 ? nil : "is no whole number above 0"
        case .calendarDays, .lockTimeout, .statementTimeout, .holderWait:
            (Int(value) ?? -1) >= 0 && (Int(value) ?? 0) <= 1_000_000 ? nil : "is no whole number from 0 to 1000000"
        case .deadline, .feedDue:
            value.isEmpty || Deadline(value) != nil ? nil : "is no time and zone such as 20:30 Europe/Paris"
        }
    }
}

/// Where a setting's value comes from.
package enum SettingOrigin: String, Sendable {
    case flag, variable, file
    case standard = "default"
}

/// The settings of this process.
package struct Settings: Sendable {
    /// The file with settings: `MARGIN_SETTINGS`, else `margin.conf` where the command is run, else /etc/margin.conf;
    /// nil if none of them is there.
    package let file: String?
    private let values: [Setting: (value: String, origin: SettingOrigin)]
    /// Why a value cannot be taken, for those that cannot.
    private let refusals: [Setting: String]
    /// The first thing that is wrong with the variables or the file.
    package let fault: Failure?

    package static let current = Settings(environment: ProcessInfo.processInfo.environment)

    package init(environment: [String: String]) {
        var fault: Failure?
        var values: [Setting: (value: String, origin: SettingOrigin)] = [:]
        let named = environment["MARGIN_SETTINGS"]
        let file = named ?? ["margin.conf", "/etc/margin.conf"].first { FileManager.default.fileExists(atPath: $0) }
        var lines: [Setting: String] = [:]
        var refusals: [Setting: String] = [:]
        if let file { (lines, fault) = Self.read(file) }
        for setting in Setting.allCases {
            var found = (value: setting.standard, origin: SettingOrigin.standard)
            var source = ""
            if let value = environment[setting.variable] {
                found = (value, .variable)
                source = setting.variable
            } else if let value = lines[setting] {
                found = (value, .file)
                source = "\(setting.rawValue) in \(file ?? "")"
            }
            if found.origin != .standard, let reason = setting.refusal(of: found.value) {
                refusals[setting] = reason
                fault =
                    fault
                    ?? Failure(.configuration, "\(source) \(reason): \(found.value)", hint: "margin config --origin")
            }
            values[setting] = found
        }
        self.file = file
        self.values = values
        self.refusals = refusals
        self.fault = fault
    }

    /// Throws 78 if a variable or the file says what it may not.
    package func check() throws(Failure) {
        if let fault { throw fault }
    }

    /// What holds for a setting.
    package func value(_ setting: Setting) -> String { values[setting]?.value ?? setting.standard }

    /// Where it comes from.
    package func origin(_ setting: Setting) -> SettingOrigin { values[setting]?.origin ?? .standard }

    /// Why its value cannot be taken; nil where it can.
    package func refusal(_ setting: Setting) -> String? { refusals[setting] }

    /// A setting that is a whole number; its default where `check` would refuse it.
    package func number(_ setting: Setting) -> Int { Int(value(setting)) ?? Int(setting.standard) ?? 0 }

    /// Lines of `key = value`; empty ones and those that begin with `#` are skipped. The first line that cannot be is
    /// named, and the others are read all the same.
    private static func read(_ file: String) -> (values: [Setting: String], fault: Failure?) {
        guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8)
        else {
            let hint = "margin config --origin"
            return ([:], Failure(.configuration, "the settings file \(file) cannot be read", hint: hint))
        }
        var values: [Setting: String] = [:]
        var fault: Failure?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimmingCharacters(in: .whitespacesAndNewlines)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, let setting = Setting(rawValue: parts[0]) else {
                fault =
                    fault
                    ?? Failure(
                        .configuration, "\(file), line \(index + 1): no setting: \(parts[0].shortened(to: 40))",
                        hint: "one of: \(Setting.allCases.map(\.rawValue).joined(separator: ", "))")
                continue
            }
            guard values[setting] == nil else {
                fault =
                    fault
                    ?? Failure(
                        .configuration, "\(file), line \(index + 1): \(parts[0]) stands twice",
                        hint: "remove one of them")
                continue
            }
            values[setting] = parts[1]
        }
        return (values, fault)
    }
}
