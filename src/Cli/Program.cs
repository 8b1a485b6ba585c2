return await Motion.Cli.CommandLine.Run(args, Console.Out, Console.Error);
