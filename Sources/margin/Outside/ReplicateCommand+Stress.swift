import ClearingModel
import Commands
import Replication
import Runtime
import Stress

/// `margin replicate --stress`: a member's exposures and shortfalls in the house's scenarios, or in its own.
extension ReplicateCommand {
    func replicateStress(_ manifest: PublishedManifest?) async throws {
        guard !parameters.hasSuffix(".xml"), !parameters.hasSuffix(".spn") else {
            throw Failure(.usage, "a SPAN file says nothing of stress", hint: "name the run's manifest.json")
        }
        let (published, arrayFile) = try inputs(manifest)
        let lines = try PositionFile(path: positions, of: published.run)
        let (accountPaths, areListed) = try members("accounts", accounts, manifest)
        let (coverPaths, coversAreListed) = try members("stress", cover, manifest)
        let files = StressReplicaFiles(
            parameters: published, arrays: arrayFile, positions: lines,
            accounts: try AccountFile(paths: accountPaths, of: published.run, listedByIt: areListed),
            covers: try CoverFile(paths: coverPaths, of: published.run, listedByIt: coversAreListed))
        let replica = try await replica(files, manifest)
        var document = StressReplicaDocument(replica)
        let differences = try check.compactMap { try StressCheck.firstDifference(between: $0, and: document) }
        document.differences = check.isEmpty ? nil : differences
        try tell(document)
        if let difference = differences.first {
            throw Failure(
                .difference, "the published stress differs: \(difference)",
                hint: "compare the positions with those of the run, and the scenarios with its set")
        }
    }

    private func replica(_ files: StressReplicaFiles, _ manifest: PublishedManifest?) async throws -> StressReplica {
        let threads = Settings.current.number(.threads)
        do {
            if let stressSet {
                return try await StressReplica.stated(files, folder: stressSet, threads: threads)
            }
            let path =
                try manifest?.path(of: "stress-arrays")
                ?? stressArrays ?? PublishedFolder.report("stress-arrays", beside: parameters)
            guard let path else {
                throw Failure(
                    .usage, "\(parameters) does not say where its stress arrays are",
                    hint: "name them with --stress-arrays, or scenarios of your own with --stress-set")
            }
            return try await StressReplica.published(
                files, try PublishedStressFile(path: path, listedBy: manifest?.run), threads: threads)
        } catch let refusal as StressRefusal {
            throw Failure(
                .inputRejected, stressSet.map { "\($0): \(refusal)" } ?? "\(refusal)",
                hint: stressSet == nil
                    ? "take all files of one run" : "mend the row, or add it: docs/methodology.md §8.1")
        }
    }
}
