-- purpose: the first partitions of results, so that runs can be written; later ones are made before a run is opened
select margin.make_room_for_runs();
