import Foundation

/// One line of a scheduler's file that starts a night.
struct Schedule: Equatable {
    /// Where it stands, such as `/etc/cron.d/margin line 14`.
    let location: String
    /// The line's times as they are written there.
    let times: String
    /// The time zone the times are of, where the scheduler heeds one; nil for the machine's.
    let zone: String?
    /// A zone that stands in the file and that Debian's cron passes over.
    let ignoredZone: String?
    /// The time of day, where it is one time and no interval.
    let timeOfDay: (hour: Int, minute: Int)?
    /// Whether it starts at some hours of the day only.
    let isBoundToHours: Bool
    /// Whether it leaves out some days of the week.
    let leavesOutWeekdays: Bool

    static func == (left: Schedule, right: Schedule) -> Bool {
        left.location == right.location && left.times == right.times && left.zone == right.zone
            && left.ignoredZone == right.ignoredZone && left.timeOfDay?.hour == right.timeOfDay?.hour
            && left.timeOfDay?.minute == right.timeOfDay?.minute && left.isBoundToHours == right.isBoundToHours
            && left.leavesOutWeekdays == right.leavesOutWeekdays
    }

    /// Where cron and systemd keep what an administrator has set up.
    static var usualFiles: [String] {
        let folders = [("/etc/cron.d", ""), ("/etc/systemd/system", ".timer")]
        return ["/etc/crontab"]
            + folders.flatMap { folder, ending in
                let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
                return names.sorted().filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }
            }
    }

    /// The lines of a file that start a night; a file that cannot be read has none.
    static func read(_ file: String) -> [Schedule] {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return [] }
        return file.hasSuffix(".timer") ? timer(text, file) : crontab(text, file)
    }

    // MARK: systemd

    private static func timer(_ text: String, _ file: String) -> [Schedule] {
        guard "\(file)\n\(text)".contains("margin") else { return [] }
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            guard let match = line.wholeMatch(of: /\s*OnCalendar\s*=\s*(\S.*?)\s*/) else { return nil }
            return timer(times: String(match.output.1), file)
        }
    }

    private static func timer(times: String, _ file: String) -> Schedule {
        let words = times.split(separator: " ")
        let zone = words.last.map(String.init).flatMap { word in
            word == "UTC" || (word.contains("/") && word.first?.isLetter == true) ? word : nil
        }
        let time = words.first { $0.contains(":") }
        let isNamed = words.contains { ["daily", "weekly", "monthly", "yearly"].contains($0) }
        let hour = time?.split(separator: ":").first
        let fixed = time?.wholeMatch(of: /(\d{1,2}):(\d{2})(:\d{2})?/)
        return Schedule(
            location: file, times: times, zone: zone, ignoredZone: nil,
            timeOfDay: fixed.flatMap { pair($0.output.1, $0.output.2) } ?? (isNamed ? (0, 0) : nil),
            isBoundToHours: isNamed || hour.map { !$0.contains("*") } ?? false,
            leavesOutWeekdays: words.contains("weekly")
                || words.first?.prefixMatch(of: /(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.ignoresCase()) != nil)
    }

    // MARK: cron

    private static func crontab(_ text: String, _ file: String) -> [Schedule] {
        var ignoredZone: String?
        var found: [Schedule] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if let match = line.wholeMatch(of: /\s*CRON_TZ\s*=\s*"?([^"\s]+)"?\s*/) {
                ignoredZone = String(match.output.1)
            }
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#"),
                line.contains(/scheduled\.sh|end-of-day\.sh|\bmargin\s+run\b/)
            else { continue }
            let location = "\(file) line \(index + 1)"
            if first.hasPrefix("@") {
                found.append(
                    Schedule(
                        location: location, times: String(first), zone: nil, ignoredZone: ignoredZone,
                        timeOfDay: first == "@daily" || first == "@midnight" ? (0, 0) : nil,
                        isBoundToHours: first != "@hourly" && first != "@reboot",
                        leavesOutWeekdays: first == "@weekly"))
            } else if words.count > 5 {
                found.append(
                    Schedule(
                        location: location, times: words[0..<5].joined(separator: " "), zone: nil,
                        ignoredZone: ignoredZone,
                        timeOfDay: pair(words[1], words[0]), isBoundToHours: !words[1].hasPrefix("*"),
                        leavesOutWeekdays: !coversTheWeek(words[4])))
            }
        }
        return found
    }

    /// Whether a field of days of the week names all seven; 0 and 7 are Sunday.
    private static func coversTheWeek(_ field: Substring) -> Bool {
        if field == "*" { return true }
        let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        func day(_ text: Substring) -> Int? { Int(text) ?? names.firstIndex(of: text.lowercased()) }
        var days: Set<Int> = []
        for part in field.split(separator: ",") {
            let ends = part.split(separator: "-").compactMap(day)
            guard let first = ends.first, let last = ends.last, first <= last else { return false }
            days.formUnion((first...last).map { $0 % 7 })
        }
        return days.count == 7
    }

    private static func pair(_ hour: Substring, _ minute: Substring) -> (hour: Int, minute: Int)? {
        guard let hour = Int(hour), let minute = Int(minute), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return (hour, minute)
    }
}
