import ClearingModel
import Foundation
import Glibc
import Quantities
import Runtime
import Storage

/// Whether the night is started when the house means it to be: its zone, the machine's, and what schedulers hold.
extension Doctor {
    private static let atAnyHour =
        "start jobs/scheduled.sh every ten minutes of every day, as jobs/crontab and the timer do: "
        + "calendar and feed_due decide"

    /// Compares the zones of deadline, feed and machine with the schedules of the files, the usual ones if none is
    /// named.
    mutating func checkSchedule(files: [String], database: Database?) throws {
        checkZones()
        for file in files where unsafe access(file, R_OK) != 0 {
            let reason = Failure.words(POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO))
            fails(
                "schedule", "\(file) cannot be read: \(reason)",
                "name a crontab or timer that is there: --schedule FILE")
        }
        let files = files.isEmpty ? [] : files.filter { unsafe access($0, R_OK) == 0 }
        let schedules = (files.isEmpty ? Schedule.usualFiles : files).flatMap(Schedule.read)
        if schedules.isEmpty {
            let searched =
                files.isEmpty ? "/etc/crontab, /etc/cron.d and /etc/systemd/system" : files.joined(separator: ", ")
            return ok("schedule", "none in \(searched); --schedule FILE names another")
        }
        let weekend = try database.map(Self.nextWeekendSession) ?? nil
        for schedule in schedules { check(schedule, weekend: weekend) }
    }

    private mutating func checkZones() {
        let machine = TimeZone.current
        guard let house = (Deadline.configured ?? Deadline.feedDue)?.zone else {
            return warn(
                "zone", "neither deadline nor feed_due names the house's; this machine's is \(machine.identifier)",
                "set MARGIN_DEADLINE and MARGIN_FEED_DUE, such as 18:30 Europe/Paris")
        }
        if let feed = Deadline.feedDue, let deadline = Deadline.configured, feed.zone != deadline.zone {
            return warn(
                "zone", "the deadline is in \(deadline.zone.identifier), feed_due in \(feed.zone.identifier)",
                "name the house's zone in both: margin config --origin")
        }
        ok("zone", "the house's is \(house.identifier), this machine's \(machine.identifier)")
    }

    private mutating func check(_ schedule: Schedule, weekend: BusinessDate?) {
        let house = (Deadline.configured ?? Deadline.feedDue)?.zone
        let zone = schedule.zone.flatMap(TimeZone.init(identifier:)) ?? .current
        let what = "\(schedule.location), \(schedule.times)"
        var isSound = true
        if schedule.leavesOutWeekdays {
            isSound = false
            if let weekend {
                fails("schedule", "\(what): starts nothing on \(weekend), a business date on a weekend", Self.atAnyHour)
            } else {
                warn("schedule", "\(what): starts nothing on a weekend, where exchanges hold sessions", Self.atAnyHour)
            }
        }
        if !schedule.isBoundToHours, Deadline.feedDue == nil {
            isSound = false
            warn(
                "schedule", "\(what): without feed_due the feed counts as late from midnight on",
                "set MARGIN_FEED_DUE, such as 18:30 Europe/Paris")
        }
        if schedule.isBoundToHours, let house, !Self.agree(zone, house) {
            isSound = false
            let ignored = schedule.ignoredZone.map { "; Debian's cron ignores CRON_TZ=\($0)" } ?? ""
            warn(
                "schedule",
                "\(what): its hours are of \(zone.identifier), the house's are of \(house.identifier)\(ignored)",
                Self.atAnyHour)
        }
        if let time = schedule.timeOfDay, let day = Self.dayWithout(time, in: zone, after: Date()) {
            isSound = false
            warn(
                "schedule", "\(what): that time is left out on \(day) in \(zone.identifier), and nothing starts then",
                Self.atAnyHour)
        }
        if isSound { ok("schedule", what) }
    }

    /// Whether two zones show the same time now and half a year on.
    static func agree(_ one: TimeZone, _ other: TimeZone) -> Bool {
        [0, 182].allSatisfy { days in
            let moment = Date(timeIntervalSinceNow: TimeInterval(days) * 86_400)
            return one.secondsFromGMT(for: moment) == other.secondsFromGMT(for: moment)
        }
    }

    /// The next day, within about two years, on which a clock change leaves a time of day out.
    static func dayWithout(_ time: (hour: Int, minute: Int), in zone: TimeZone, after start: Date) -> BusinessDate? {
        var moment = start
        for _ in 0..<4 {
            guard let change = zone.nextDaylightSavingTimeTransition(after: moment) else { return nil }
            let before = zone.secondsFromGMT(for: change.addingTimeInterval(-1))
            let skipped = zone.secondsFromGMT(for: change) - before
            // The clock before the change reads this at the moment of the change, and `skipped` more after it.
            let local = Int(change.timeIntervalSince1970.rounded()) + before
            let wanted = time.hour * 3600 + time.minute * 60
            let into = ((wanted - local) % 86_400 + 86_400) % 86_400
            if skipped > 0, into < skipped {
                // 2000-01-01 was 10957 days after 1970-01-01.
                return BusinessDate(dayNumber: Int32((local + into) / 86_400 - 10_957))
            }
            moment = change.addingTimeInterval(1)
        }
        return nil
    }

    /// The first business date on a Saturday or Sunday after the newest computed one.
    private static func nextWeekendSession(_ database: Database) throws -> BusinessDate? {
        let night = try NewestRuns.byCycle(from: database)[Cycle.endOfDay.rawValue]
        let calendar = try BusinessCalendar.load(
            pinnedAt: try RunLedger(database).lastLoadSeen(), from: database)
        return calendar.businessDays.first { day in
            day.weekday >= 5 && (night?.computed).map { day > $0 } ?? true
        }
    }
}
