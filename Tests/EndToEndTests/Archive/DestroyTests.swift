import Foundation
import TestSupport
import Testing

/// `margin db destroy` says what goes, and wants to be told twice.
@Suite struct DestroyTests {
    @Test func `a published house is removed by --yes, or by its folder's name at a terminal, and by nothing else`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.path + "/destroy-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func shell(_ lines: String) throws -> Ended {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = ["-uo", "pipefail", "-c", lines]
            var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
            variables["PATH"] = Checkout.products + ":" + (variables["PATH"] ?? "")
            variables["MARGIN_CLUSTER"] = folder + "/my house"
            variables["MARGIN_REPORTS"] = folder + "/reports"
            process.environment = variables
            for kind in ["out", "err"] {
                _ = FileManager.default.createFile(atPath: "\(folder)/shell.\(kind)", contents: nil)
            }
            process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/shell.out")
            process.standardError = FileHandle(forWritingAtPath: "\(folder)/shell.err")
            process.standardInput = FileHandle.nullDevice
            try process.run()
            return try Installation.Started(process: process, name: "\(folder)/shell").wait()
        }
        let night = try shell(
            "margin migrate && margin load \(Checkout.fixtures)/two-day-night/input"
                + " && margin run --business-date 2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        let refused = try shell("margin db destroy")
        #expect(refused.code == 64, "\(refused.errors)")
        #expect(
            refused.output.contains("\n1 published date, 2018-12-31 to 2018-12-31, 1 run, 34 loads, "),
            "\(refused.output)")
        #expect(refused.errors.contains("a house with published nights is removed with all its data: --yes is needed"))
        if FileManager.default.isExecutableFile(atPath: "/usr/bin/script") {
            let wrong = try shell("echo yes | script -qec 'margin db destroy' /dev/null")
            #expect(wrong.code == 64, "\(wrong.output)")
            #expect(wrong.output.contains("type my house to go on: "), "\(wrong.output)")
        }
        #expect(try shell("margin status --business-date 2018-12-31").code == 0)
        let gone = try shell("margin db destroy --yes")
        #expect(gone.code == 0, "\(gone.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder + "/my house/data"))
        #expect(try shell("margin db destroy").output.hasPrefix("there is no private cluster in "))
        if FileManager.default.isExecutableFile(atPath: "/usr/bin/script") {
            #expect(try shell("margin db start").code == 0)
            let named = try shell("echo 'my house' | script -qec 'margin db destroy' /dev/null")
            #expect(named.code == 0, "\(named.output)")
        }
        try FileManager.default.removeItem(atPath: folder)
    }
}
