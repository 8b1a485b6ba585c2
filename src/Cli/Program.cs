Console.WriteLine("motion");
