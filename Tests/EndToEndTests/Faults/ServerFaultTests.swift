import Foundation
import Postgres
import PrivateCluster
import Testing

/// Fault 3: the server dies under a stage. Each test has a cluster of its own to kill.
@Suite struct ServerFaultTests {
    @Test(arguments: ["QUIT", "KILL"])
    func `fault 3: a postmaster killed in the middle of a stage is exit 69, and the next start completes`(
        signal: String
    ) async throws {
        let undisturbed = try await Installation()
        _ = try undisturbed.run("margin", "run", "--business-date", "2018-12-31")

        let folder = FileManager.default.temporaryDirectory.path + "/fault-3-\(signal)-\(getpid())"
        let cluster = PrivateCluster(folder: folder, settings: ["shared_buffers": "64MB"])
        let installation = try await Installation(on: try await cluster.start())
        let postmaster = try installation.connect().one(
            "select split_part(pg_read_file('postmaster.pid'), chr(10), 1)"
        ).text(.at(0))
        let stage = try installation.start(
            "margin", ["run", "--business-date", "2018-12-31"],
            environment: ["MARGIN_FAILPOINT": "offsets:mid-copy:stop"])
        try await waitUntilStopped(stage.process.processIdentifier, installation)
        let killed = try Process.run(URL(fileURLWithPath: "/bin/kill"), arguments: ["-\(signal)", postmaster])
        killed.waitUntilExit()
        #expect(killed.terminationStatus == 0)
        try await waitUntilGone(postmaster)
        kill(stage.process.processIdentifier, SIGCONT)
        let ended = try stage.wait()
        #expect(ended.code == 69, "\(ended.errors)")
        #expect(ended.errors.contains("psql --command 'select 1'"))

        _ = try await cluster.start()
        let recovered = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(recovered.code == 0, "\(recovered.errors)")
        #expect(try installation.reportFiles("2018-12-31") == undisturbed.reportFiles("2018-12-31"))
        let executions = try installation.connect().rows(
            "select status from margin.execution where stage = 'offsets' "
                + "order by execution_id"
        ).map { try $0.text(.at(0)) }
        #expect(executions == ["abandoned", "succeeded"])
        try await installation.close()
        try await cluster.destroy()
        try await undisturbed.close()
    }

    /// Waits until the stage has begun and the process has the state "T" of /proc: it stands at its failpoint.
    private func waitUntilStopped(_ process: Int32, _ installation: Installation) async throws {
        let running = "select count(*) from margin.execution where stage = 'offsets' and status = 'running'"
        for _ in 0..<600 {
            let stat = String(
                decoding: FileManager.default.contents(atPath: "/proc/\(process)/stat") ?? Data(), as: UTF8.self)
            let isStopped = stat.split(separator: ")").last?.split(separator: " ").first == "T"
            if isStopped, try installation.number(running) == 1 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the stage never reached its failpoint")
    }

    private func waitUntilGone(_ process: String) async throws {
        for _ in 0..<200 where FileManager.default.fileExists(atPath: "/proc/\(process)") {
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
