import Storage
import EndOfDay
import Runtime
import ClearingModel
import Foundation

/// What the server's settings and clock mean for a night.
extension Doctor {
    mutating func checkSettings(_ server: [String: String]) {
        let wanted: [(name: String, value: String, isNeeded: Bool, why: String)] = [
            ("fsync", "on", true, "a power cut would lose what was committed"),
            ("full_page_writes", "on", true, "a power cut would tear pages"),
            ("synchronous_commit", "on", false, "a published run could be lost in a crash"),
            ("data_checksums", "on", false, "damage on the disk goes unnoticed: pg_checksums --enable"),
            (
                "transaction_read_only", "off", true,
                "a night writes; see default_transaction_read_only of the role, database and server, or whether the "
                    + "server is a standby"
            ),
            ("server_encoding", "UTF8", true, "names would be lost: make the database with encoding UTF8"),
            ("default_transaction_isolation", "read committed", false, "the programs are tested with read committed"),
        ]
        for setting in wanted {
            let value = server[setting.name] ?? "not shown"
            if value == setting.value {
                ok(setting.name, value)
            } else if setting.isNeeded {
                fails(setting.name, value, "set it to \(setting.value): \(setting.why)")
            } else {
                warn(setting.name, value, "set it to \(setting.value): \(setting.why)")
            }
        }
        checkStatementTimeout(Int64(server["statement_timeout"] ?? "") ?? 0)
        ok("time zone", "\(server["TimeZone"] ?? "?") in the session, whatever the server's is")
        let (used, most) = (Int(server["sessions"] ?? "") ?? 0, Int(server["max_connections"] ?? "") ?? 0)
        if used * 10 < most * 9 {
            ok("connections", "\(used) of \(most)")
        } else {
            warn("connections", "\(used) of \(most)", "end what is not needed, or raise max_connections")
        }
    }

    /// A night has statements that take minutes; `milliseconds` 0 means that they may take for ever.
    private mutating func checkStatementTimeout(_ milliseconds: Int64) {
        if milliseconds == 0 || milliseconds >= 60_000 {
            ok("statement_timeout", milliseconds == 0 ? "none" : "\(milliseconds / 1_000) s")
        } else {
            warn(
                "statement_timeout", "\(milliseconds) ms",
                "a night would end with 75: raise it, at PGOPTIONS, the role, or MARGIN_STATEMENT_TIMEOUT")
        }
    }

    mutating func checkClock(_ server: [String: String]) {
        let theirs = Double(server["clock"] ?? "") ?? 0
        let apart = abs(Date().timeIntervalSince1970 - theirs)
        let found = String(format: "%.1f s between this machine and the server", apart)
        let advice = "set both by NTP: the times of runs and of the log would not agree; no figure depends on them"
        if apart < 2 {
            ok("clock", found)
        } else if apart < 60 {
            warn("clock", found, advice)
        } else {
            fails("clock", found, advice)
        }
    }
}
